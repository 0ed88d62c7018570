"""What programs may ask, as models: parsed once at the door, then trusted.

Sizes and shapes only; what a center offers and a rule allows is decided below.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.domain.booking import Ask, Needs, Person


def _plain(text: str) -> str:
    """Refuse control characters but line breaks: no database keeps NUL."""
    if any(
        not letter.isprintable() and letter not in "\n\r\t\u200c\u200d\u200e\u200f"
        for letter in text
    ):
        raise ValueError("control characters")
    return text


Id = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[\w.:@-]+$")]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_plain),
]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(_plain),
]
Note = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=1000), AfterValidator(_plain)
]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Outcome = Literal["done", "we_finish", "you_send"]


class Asked(BaseModel):
    """Base of every ask: an unknown field is refused, so that a typo is heard."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class NeedsAsk(Asked):
    """What makes the visit easy for this person."""

    wheelchair: bool = False
    language: Id | None = None
    sign_language: bool = False
    host_gender: Literal["f", "m"] | None = None
    private: bool = False

    def needs(self) -> Needs:
        return Needs(**self.model_dump())


class OffersAsk(Asked):
    """Which services, from which day, for how many days, at what time if it can be."""

    services: list[Id] = Field(min_length=1, max_length=5)
    from_: dt.date = Field(alias="from")
    days: int = Field(default=30, ge=1, le=60)
    needs: NeedsAsk = NeedsAsk()
    wish: Clock | None = None

    def ask(self) -> Ask:
        wanted = self.needs.needs()
        return Ask(tuple(self.services), self.from_, self.days, wanted, self.wish)


class HoldAsk(Asked):
    """The `offer` of an answer of offers, as it came."""

    offer: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]


class VisitAsk(Asked):
    """The hold, and the least we ask of a person. Arabic-Indic digits are welcome."""

    hold: Id
    name: Line
    mobile: Line
    email: Line | None = None
    lang: Literal["ar", "en"] = "ar"
    needs: NeedsAsk = NeedsAsk()
    national_id: Line | None = None

    def person(self) -> Person:
        fields = self.model_dump(exclude={"hold", "needs"})
        return Person(**fields, needs=self.needs.needs())


class MoveAsk(Asked):
    """A new hold that takes the place of the visit's start."""

    hold: Id


class WalkInAsk(Asked):
    """Services of someone who came without an appointment; name and mobile if they wish."""

    services: list[Id] = Field(min_length=1, max_length=5)
    needs: NeedsAsk = NeedsAsk()
    name: Line | None = None
    mobile: Line | None = None
    lang: Literal["ar", "en"] = "ar"

    def person(self) -> Person | None:
        if self.name is None and self.mobile is None:
            return None
        return Person(self.name or "", self.mobile or "", lang=self.lang, needs=self.needs.needs())


class VoiceAsk(Asked):
    """A complaint, suggestion, praise or question about a visit."""

    kind: Literal["complaint", "suggestion", "praise", "question"]
    text: Text
    contact: Line | None = None


class OpenVoiceAsk(VoiceAsk):
    """The same from anyone, about one center or about all of them."""

    center: Id | None = None


class TokenAsk(Asked):
    """Name and password of a member of staff. `totp` is read when an account asks for it."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    totp: Line | None = None


class NextAsk(Asked):
    """How the running visit ended, when one is running at this desk."""

    outcome: Outcome | None = None
    note: Note = ""


class FinishAsk(Asked):
    """How one task ended."""

    outcome: Outcome = "done"


class HandOffAsk(Asked):
    """Which colleague is to come; left out, the house chooses."""

    to_agent: Id | None = None


class CompleteAsk(Asked):
    """How the visit ended; `note` is needed unless everything is done."""

    outcome: Outcome
    note: Note = ""


class PlanAsk(Asked):
    """The day of the plan; left out, today."""

    date: dt.date | None = None
