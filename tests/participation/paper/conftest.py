from tests.participation.results.conftest import _no_language_left_over

__all__ = ["_no_language_left_over"]
