"""Signing in and signing up, on top of django-allauth: by a code, a password, a passkey or an electronic identity."""
