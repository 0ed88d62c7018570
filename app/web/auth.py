"""Who is asking: sign-in of staff, the session cookie, bearer tokens, role and center.

Pages know staff by the session cookie (with CSRF), the API by a bearer token only; neither takes
the other's. What a password or a token is worth is decided in `app/usecases/signin.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    session,
)
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.domain.errors import Refusal
from app.domain.refusals import NotAllowed, SignInRefused
from app.usecases import signin
from app.usecases.signin import Staff
from app.web.errors import for_programs, language
from app.web.here import house
from app.web.limits import Failures

View = TypeVar("View", bound=Callable[..., Any])

pages = Blueprint("auth", __name__)

SPAN_S = 300.0
MOST_PER_NAME_AND_PLACE, MOST_PER_PLACE, MOST_PER_NAME = 5, 30, 50
FIRST_PAGE = {"host": "/desk"}


class SignInNeeded(Refusal):
    """Nobody has said who is asking, at a door for staff."""

    code, kind = "sign_in_needed", "auth"
    ar = "هذه الصفحة للموظفين: يلزم تسجيل الدخول أولًا."
    en = "This page is for staff: please sign in first."


class NoAgent(Refusal):
    """The account is no host's: it cannot call or serve anyone."""

    code, kind = "no_agent", "forbidden"
    ar = "حسابك غير مرتبط بموظف خدمة، فلا يمكنه مناداة المستفيدين."
    en = "Your account is not linked to a host, so it cannot call anyone."


class SignedIn(UserMixin):
    """The member of staff of a session, as flask-login wants them."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff

    def get_id(self) -> str:
        """Return the id a session keeps; a new token version ends every older session."""
        return f"{self.staff.id}:{self.staff.token_version}"


def install(app: Flask) -> None:
    """Set the cookie's terms and teach flask-login who is who. Called once by `app/factory.py`."""
    settings = app.extensions["tafaddal"].settings
    app.config.update(
        SESSION_COOKIE_NAME="tafaddal",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production or settings.public_url.startswith("https:"),
    )
    app.extensions["tafaddal_failures"] = Failures(SPAN_S)
    people = LoginManager(app)
    people.session_protection = "basic"

    @people.user_loader
    def load(kept: str) -> SignedIn | None:
        staff_id, _, version = kept.partition(":")
        found = signin.staff_by_id(house().store, staff_id)
        if found is None or str(found.token_version) != version:
            return None
        return SignedIn(found)


def who() -> Staff | None:
    """Return the member of staff who asks, or None for a stranger.

    Raises the refusal of `signin.read_token` for a bearer token that is wrong or has ended.
    """
    if for_programs():
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        return signin.read_token(house().store, house().clock.now(), token.strip())
    return current_user.staff if current_user.is_authenticated else None


def me() -> Staff:
    """Return the member of staff who asks. Raises SignInNeeded for a stranger."""
    staff_member = who()
    if staff_member is None:
        raise SignInNeeded
    return staff_member


def my_agent() -> str:
    """Return the agent id of the host who asks. Raises NoAgent for an account without one."""
    agent = me().agent_id
    if agent is None:
        raise NoAgent
    return agent


def refuse_stranger(roles: tuple[str, ...], center: str | None) -> None:
    """Raise unless who asks is staff in one of `roles` (an admin always is) at `center`."""
    asking = me()
    if asking.role not in (*roles, "admin") or not (center is None or asking.sees(center)):
        raise NotAllowed


def staff(*roles: str) -> Callable[[View], View]:
    """Let only staff of these roles in, and only at their own center.

    The center is the route's `center`, else the request's field `center`; a route without any
    takes the person's own. A stranger is sent to sign in and comes back afterwards.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            center = kwargs.get("center") or request.values.get("center")
            try:
                refuse_stranger(roles, center)
            except SignInNeeded:
                if for_programs() or request.method != "GET":
                    raise
                return _to_sign_in()
            return view(*args, **kwargs)

        guarded.staff_roles = roles  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def check_password(name: str, password: str) -> Staff:
    """Return the account of a name and password, counting what fails.

    Raises TooOften after too many failures, SignInRefused else.
    """
    failures: Failures = _failures()
    place = request.remote_addr
    keys = (
        (("both", name, place), MOST_PER_NAME_AND_PLACE),
        (("place", place), MOST_PER_PLACE),
        (("name", name), MOST_PER_NAME),
    )
    for key, most in keys:
        failures.refuse_above(key, most)
    try:
        found = signin.check_password(house().store, name, password)
    except SignInRefused:
        for key, _ in keys:
            failures.add(key)
        raise
    failures.clear(keys[0][0])
    return found


@pages.get("/sign-in")
def sign_in_page() -> ResponseReturnValue:
    """Show the sign-in form, or go on when already signed in."""
    known = who()
    if known is not None:
        return redirect(_next(known))
    return _form()


@pages.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Sign a member of staff in by name and password."""
    name = request.form.get("name", "").strip()[:200]
    try:
        found = check_password(name, request.form.get("password", "")[:1000])
    except Refusal as refusal:
        answer = _form(refusal.sentence(language()), name)
        answer.status_code = 429 if refusal.kind == "limited" else 401
        if refusal.kind == "limited":
            answer.headers["Retry-After"] = str(refusal.facts["seconds"])
        return answer
    session.clear()
    login_user(SignedIn(found))
    return redirect(_next(found), 303)


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session on this device."""
    logout_user()
    session.clear()
    return redirect("/sign-in", 303)


def _failures() -> Failures:
    return current_app.extensions["tafaddal_failures"]


def _form(message: str | None = None, name: str = "") -> Response:
    page = render_template(
        "sign_in.html", message=message, name=name, next=request.values.get("next", "")
    )
    return Response(page, content_type="text/html; charset=utf-8")


def _to_sign_in() -> ResponseReturnValue:
    return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'), safe='')}")


def _next(found: Staff) -> str:
    """Return where to go after signing in: a path of this house only."""
    wanted = request.values.get("next", "")
    if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\\" not in wanted:
        return wanted
    return FIRST_PAGE.get(found.role, "/floor")
