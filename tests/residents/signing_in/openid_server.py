"""A provider of electronic identities, on this machine: OpenID Connect Core 1.0, the authorisation code flow.

It answers discovery, keys, authorisation, token and userinfo; its identity tokens are signed (RS256). A test says who
signs in there next, and may have it misbehave.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

NATIONAL_NUMBER = "80.01.01-123.45"
PERSON = {
    "sub": NATIONAL_NUMBER,
    "family_name": "Vandenbroucke",
    "given_name": "Wies Marie",
    "birthdate": "1980-01-31",
    "email": "wies@voorbeeld.example",
    "email_verified": True,
}
CLIENT_ID, CLIENT_SECRET = "portal", "a-secret-between-us"


class Provider:
    """The state of the provider: its keys, the codes and tokens that it gave, and the person at its keyboard."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signing_key = self.key
        self.address = ""
        self.person: dict[str, Any] = {}
        self.id_token_changes: dict[str, Any] = {}
        self.userinfo_changes: dict[str, Any] = {}
        self.is_down = self.refuses = False
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "first", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser goes next."""
        if self.refuses:
            return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = secrets.token_urlsafe(12)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Give the tokens of a code, once, to who began with it."""
        query = self.codes.pop(form.get("code", ""), None)
        if query is None or (form["client_id"], form["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            return None
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if query["code_challenge"] != base64.urlsafe_b64encode(hashed).decode().rstrip("="):
            return None
        access = secrets.token_urlsafe(12)
        self.tokens.add(access)
        now = int(time.time())
        claims = {**self.person, "iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 300}
        signed = jwt.encode({**claims, **self.id_token_changes}, self.signing_key, "RS256", headers={"kid": "first"})
        return {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def answer(self, path: str, form: dict[str, str], bearer: str) -> tuple[int, dict[str, Any] | str | None]:
        parts = urlsplit(path)
        self.asked.append(parts.path)
        if self.is_down:
            return 503, {}
        if parts.path == "/authorize":
            return 302, self.authorize({name: values[0] for name, values in parse_qs(parts.query).items()})
        if parts.path == "/token":
            given = self.token(form)
            return (200, given) if given else (400, {"error": "invalid_grant"})
        if parts.path == "/userinfo":
            return (200, {**self.person, **self.userinfo_changes}) if bearer in self.tokens else (401, {})
        known = {"/.well-known/openid-configuration": self.discovery, "/keys": self.keys}.get(parts.path)
        return (200, known()) if known else (404, {})


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Serve a provider on 127.0.0.1, and end it with the block."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.respond({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self.respond({name: values[0] for name, values in parse_qs(body).items()})

        def respond(self, form: dict[str, str]) -> None:
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, content = provider.answer(self.path, form, bearer)
            body = json.dumps(content).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", str(content))
                body = b""
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
