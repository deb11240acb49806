"""Production settings: what is asked for by name, and what Django's own check of a deployment says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

NEEDED = {
    "SECRET_KEY": "k3Yf-8h2_Lq0Zt7VxPw4Jr6Nc1Ds9Gb5Ma-Te8Ui2Oy7Hq3Wz6Xv0Ck4Lp1Bn",
    "ALLOWED_HOSTS": "www.auneval.example",
    "BASE_URL": "https://www.auneval.example",
    "EMAIL_URL": "smtp+tls://portal:word@mail.auneval.example:587",
    "DEFAULT_FROM_EMAIL": "Auneval <noreply@auneval.example>",
}


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Return a function that runs Python in a process that knows nothing but the variables it is given."""

    def run_python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        clean = {
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env={**clean, **variables},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run_python


def value_of(run: Any, expression: str, **variables: str) -> str:
    """Return what `expression` is worth under production settings."""
    code = f"from django.conf import settings; print({expression})"
    result = run("-c", code, **{**NEEDED, **variables})
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.mark.parametrize("name", NEEDED)
def test_a_variable_that_is_missing_is_named(run, name):
    others = {other: value for other, value in NEEDED.items() if other != name}
    result = run("-c", "import portal.settings.production", **others)
    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", NEEDED)
def test_a_variable_that_was_left_empty_is_named_too(run, name):
    """`.env.example` lists them empty, to be filled in."""
    result = run("-c", "import portal.settings.production", **{**NEEDED, name: ""})
    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


def test_a_deployment_with_everything_set_has_nothing_to_be_warned_of(run):
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **NEEDED)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "no issues" in result.stdout + result.stderr


def test_the_example_of_an_environment_names_every_variable_that_is_needed():
    lines = Path(settings.BASE_DIR / ".env.example").read_text().splitlines()
    assert {line.removesuffix("=") for line in lines if line.endswith("=") and not line.startswith("#")} == set(NEEDED)


def test_the_demo_accounts_with_their_public_password_are_not_allowed(run):
    result = run("manage.py", "load_demo", **NEEDED)
    assert result.returncode != 0
    assert "public password" in result.stderr


@pytest.mark.parametrize(
    ("expression", "worth"),
    [
        ("settings.DEBUG", "False"),
        ("settings.ALLOWED_HOSTS", "['www.auneval.example']"),
        ("settings.SECURE_SSL_REDIRECT", "True"),
        ("settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.LANGUAGE_COOKIE_SECURE", "True"),
        ("settings.SESSION_COOKIE_NAME.startswith('__Host-')", "True"),
        ("settings.SECURE_HSTS_SECONDS >= 31536000", "True"),
        ("settings.SECURE_PROXY_SSL_HEADER", "('HTTP_X_FORWARDED_PROTO', 'https')"),
        ("settings.CSRF_TRUSTED_ORIGINS", "['https://www.auneval.example']"),
        ("settings.WAGTAILADMIN_BASE_URL", "https://www.auneval.example"),
        ("(settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS)", "('mail.auneval.example', 587, True)"),
        ("settings.SERVER_EMAIL", "Auneval <noreply@auneval.example>"),
        ("settings.EMAIL_BACKEND", "mailing.smtp.EmailBackend"),
        ("'unsafe' in str(settings.CONTENT_SECURITY_POLICY)", "False"),
    ],
)
def test_production_is_strict_unless_told_otherwise(run, expression, worth):
    assert value_of(run, expression) == worth


def test_an_installation_without_a_proxy_does_not_believe_what_a_visitor_says_of_one(run):
    assert value_of(run, "settings.SECURE_PROXY_SSL_HEADER", BEHIND_PROXY="false") == "None"


def test_uploads_go_to_a_bucket_when_one_is_named(run):
    bucket = {"MEDIA_BUCKET": "auneval", "MEDIA_DOMAIN": "media.auneval.example"}
    assert value_of(run, "settings.STORAGES['default']['OPTIONS']['bucket_name']", **bucket) == "auneval"
    assert "media.auneval.example" in value_of(
        run, "settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']", **bucket
    )
    assert "FileSystemStorage" in value_of(run, "settings.STORAGES['default']['BACKEND']")
