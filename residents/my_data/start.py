"""Everything that "my data" registers when the portal starts."""

from residents.my_data.allauth_holdings import register_allauth_holdings
from residents.my_data.holdings import register_holdings
from residents.my_data.jobs import register_jobs
from residents.my_data.kinds import register_kinds
from residents.my_data.signal_handlers import connect
from residents.my_data.wagtail_holdings import register_wagtail_holdings


def register_all() -> None:
    register_holdings()
    register_wagtail_holdings()
    register_allauth_holdings()
    register_jobs()
    register_kinds()
    connect()
