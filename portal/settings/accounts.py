"""Signing in: https://docs.allauth.org/en/latest/ (65.21). How it is put together: `residents.signing_in`."""

from typing import Any

import environ

env = environ.Env()

ACCOUNT_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
ACCOUNT_MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "residents.signing_in.middleware.SigningInMiddleware",
]

# https://docs.djangoproject.com/en/5.2/ref/settings/#auth: every door to a page that needs an account is this one.
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "choose_language"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]

# Whoever may enter the admin needs a second factor. Settings for development and rehearsal switch it off.
STAFF_SECOND_FACTOR = True
# How long after signing in one may change how one signs in, before one is asked to do so again
FRESH_SIGN_IN_SECONDS = 15 * 60

# A code by mail is valid for as long as a mail may be on its way, for a few tries, and once (residents.SignInCode).
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_TIMEOUT = 20 * 60

# An account is its address, and is made once a code that went there has come back: so none is ever unconfirmed.
ACCOUNT_ADAPTER = "residents.signing_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True

# By account ("key") and by network address ("ip"). Without REDIS_URL each process counts for itself: run one.
# https://docs.allauth.org/en/latest/account/rate_limits.html; the first four are ours (residents.signing_in.throttles)
ACCOUNT_RATE_LIMITS = {
    "ask_for_code": "30/600s/ip,5/600s/key",
    "try_code": "60/600s/ip,20/600s/key",
    "try_password": "60/600s/ip",
    "open_identity": "30/600s/ip",
    "login_failed": "20/600s/ip,6/600s/key",
}
# How many proxies of the commune's own stand in front, each adding to X-Forwarded-For (production.py: BEHIND_PROXY)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# https://docs.allauth.org/en/latest/mfa/configuration.html
MFA_ADAPTER = "residents.signing_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "residents.signing_in.second_factor_forms.SecondFactorForm",
    "activate_totp": "residents.signing_in.second_factor_forms.FirstOneTimeCodeForm",
    "add_webauthn": "residents.signing_in.second_factor_forms.NewPasskeyForm",
    "edit_webauthn": "residents.signing_in.second_factor_forms.PasskeyNameForm",
}

# https://docs.allauth.org/en/latest/socialaccount/providers/openid_connect.html: an electronic identity (itsme, CSAM).
# Off unless OPENID_SERVER names the address of the provider.
SOCIALACCOUNT_ADAPTER = "residents.signing_in.adapters.IdentityAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": []}}
if openid_server := env("OPENID_SERVER", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "identity",
            "name": env("OPENID_NAME", default="itsme®"),
            "client_id": env("OPENID_CLIENT_ID"),
            "secret": env("OPENID_CLIENT_SECRET"),
            "settings": {
                "server_url": openid_server,
                "scope": env.list("OPENID_SCOPE", default=["openid", "profile", "email"]),
                "oauth_pkce_enabled": env.bool("OPENID_PKCE", default=True),
            },
        }
    )
