"""What the log must not tell."""

import logging
import re

SECRET_ADDRESS = re.compile(
    r"(/(?:proposer|voorstellen|confirmer-adresse|adres-bevestigen"
    r"|abonnement/(?:confirmer|gerer|arreter|bevestigen|beheren|stoppen))/)[^/\s?\"']+"
)


class SecretAddressFilter(logging.Filter):
    """Personal links are keys (home.secret_addresses): a line about their address leaves the key out."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        if SECRET_ADDRESS.search(line):
            record.msg, record.args = SECRET_ADDRESS.sub(r"\1…", line), None
        return True
