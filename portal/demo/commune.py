"""The demo commune's things: settings, places, departments, themes, accounts, pictures."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.users.models import UserProfile

from home.imports import Columns, import_neighbourhoods, read_features
from home.models import Alert, CommuneSettings, Department, Neighbourhood, PortalImage, Theme
from moderation.roles import ADMINISTRATOR, CLERK, DESK, PARTICIPATION
from portal.demo.content import FOLDER, read
from residents.models import Follow, Residency, User
from residents.signing_in.actions import confirm_address

PASSWORD = "auneval-demo"  # noqa: S105 - the demo's, and only where the settings allow it
ROLE_GROUPS = {
    "administrator": [ADMINISTRATOR.group],
    "communications_desk": [DESK.group],
    "participation_officer": [PARTICIPATION.group],
    "clerk": [CLERK.group],
}


def load_neighbourhoods() -> None:
    columns = Columns(name_fr="name_fr", name_nl="name_nl", slug="slug")
    import_neighbourhoods(read_features(FOLDER / "neighbourhoods.geojson"), columns=columns)


def load_departments() -> dict[str, Department]:
    departments = {}
    for row in read("commune.yaml")["departments"]:
        departments[row["code"]] = Department.objects.create(
            slug=row["code"],
            email=row["email"],
            telephone=row["telephone"],
            is_trusted=row.get("is_trusted", False),
            **{f"name_{code}": name for code, name in row["names"].items()},
            **{f"description_{code}": text for code, text in row["description"].items()},
        )
    return departments


def load_themes() -> None:
    for row in read("commune.yaml")["themes"]:
        Theme.objects.create(slug=row["code"], name_fr=row["fr"], name_nl=row["nl"])


def load_images() -> dict[str, PortalImage]:
    """Return the demo's pictures by file name."""
    images = {}
    rows = [*read("pictures.yaml"), {"file": "../logo.png", "title": "Logo"}]
    for row in rows:
        path = FOLDER / "pictures" / row["file"]
        if not path.exists() or row.get("sent_by_a_resident"):
            continue
        with path.open("rb") as file:
            image = PortalImage(
                title=row["title"],
                file=ImageFile(file, name=path.name),
                alt_fr=row.get("alt_fr", ""),
                alt_nl=row.get("alt_nl", ""),
            )
            image.save()
        images[path.name] = image
    return images


def load_settings(logo: PortalImage | None) -> CommuneSettings:
    data = read("commune.yaml")
    today = timezone.localdate()
    commune = CommuneSettings.load()
    for name, pair in (("name", data["names"]), *((key, data[key]) for key in ("claim", "address", "footer"))):
        for code, text in pair.items():
            setattr(commune, f"{name}_{code}", text)
    commune.telephone, commune.email, commune.logo = data["telephone"], data["email"], logo
    commune.opening_hours = _stream("hours", ({**row, "weekday": str(row["weekday"])} for row in data["opening_hours"]))
    commune.hours_exceptions = _stream(
        "exception",
        (
            {
                "date": (today + timedelta(days=row["in_days"])).isoformat(),
                "opens": row.get("opens"),
                "closes": row.get("closes"),
                "reason_fr": row["label"]["fr"],
                "reason_nl": row["label"]["nl"],
            }
            for row in data["exceptions"]
        ),
    )
    commune.networks = _stream("network", data["networks"])
    commune.save()
    return commune


def _stream(kind: str, values: Any) -> Any:
    return json.dumps([{"type": kind, "value": value} for value in values])


def load_alerts() -> None:
    now = timezone.now()
    for row in read("commune.yaml")["alerts"]:
        Alert.objects.create(
            level=Alert.Level[row["level"].upper()],
            message_fr=row["fr"]["message"],
            message_nl=row["nl"]["message"],
            starts_at=now,
            ends_at=now + timedelta(hours=row["ends_in_hours"]),
        )


def load_accounts(departments: dict[str, Department]) -> dict[str, User]:
    """Make the demo accounts, and return them by the part of their address before the @."""
    accounts, password = {}, make_password(PASSWORD)
    staff_of = {row["code"]: row["staff"] for row in read("commune.yaml")["departments"]}
    for row in read("commune.yaml")["accounts"]:
        user = User.objects.create(
            email=row["email"],
            password=password,
            first_name=row["first_name"],
            last_name=row["last_name"],
            is_superuser=row["role"] == "administrator",
        )
        user.groups.set(Group.objects.filter(name__in=ROLE_GROUPS.get(row["role"], [])))
        theirs = [code for code, email in staff_of.items() if email == row["email"]]
        user.groups.add(*Group.objects.filter(department__slug__in=theirs))
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = row.get("language", "fr")
        profile.save()
        confirm_address(user=user)
        _settle(user, row)
        accounts[row["email"].split("@")[0]] = user
    return accounts


def _settle(user: User, row: dict[str, Any]) -> None:
    """Let a resident live, and follow the news, where the demo says."""
    places = {place.code: place for place in Neighbourhood.objects.all()}
    if "lives_in" in row:
        Residency.objects.create(user=user, neighbourhood=places[row["lives_in"]])
    for code in row.get("follows", []):
        Follow.objects.create(user=user, neighbourhood=places[code])
