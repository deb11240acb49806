"""The commune: its pages, places, departments and settings."""

from home.models.alerts import Alert
from home.models.commune import CommuneSettings
from home.models.departments import Department
from home.models.jobs import JobRun
from home.models.media import PortalDocument, PortalImage, PortalRendition
from home.models.pages import (
    BasePage,
    ContentPage,
    DepartmentPage,
    HomePage,
    NeighbourhoodIndexPage,
    SectionPage,
)
from home.models.places import Neighbourhood
from home.models.streets import Street, StreetSection
from home.models.themes import Theme

__all__ = [
    "Alert",
    "BasePage",
    "CommuneSettings",
    "ContentPage",
    "Department",
    "DepartmentPage",
    "HomePage",
    "JobRun",
    "Neighbourhood",
    "NeighbourhoodIndexPage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "SectionPage",
    "Street",
    "StreetSection",
    "Theme",
]
