"""Days and plans as JSON: the shapes of the planner files, both ways.

Refuses by path and value what is missing or of the wrong kind; what the parts
mean is checked by the parts themselves.
"""

from collections.abc import Callable, Mapping
from typing import Any

from scheduler.day import Day
from scheduler.parts import Agent, Desk, Second, Task, TaskPin, VisitPin, VisitPlanIn
from scheduler.plan import Plan, Seat, Work
from scheduler.refusal import DayRefused, a_minute, a_name


def read_day(form: Any) -> Day:
    """Return the Day; raises DayRefused naming the path and the value."""
    form = _table("day", form)
    previous = form.get("previous")
    try:
        return Day(
            _must(form, "date"),
            form.get("grid_min", 5),
            _must(form, "open_min"),
            _must(form, "close_min"),
            _each(form, "desks", _desk),
            _each(form, "agents", _agent),
            _each(form, "visits", _visit),
            read_plan(previous, "previous") if previous else None,
            form.get("frozen_until_min", 0),
        )
    except (TypeError, AttributeError) as why:
        raise DayRefused("day", type(form).__name__, f"cannot be read ({why})") from None


def read_plan(form: Any, path: str = "plan") -> Plan:
    """Return the Plan; raises DayRefused naming the path and the value."""
    form = _table(path, form)
    visits = _table(f"{path}.visits", form.get("visits", {}))
    tasks = _table(f"{path}.tasks", form.get("tasks", {}))
    unplaced = _list(form, "unplaced")
    for visit in unplaced:
        a_name(f"{path}.unplaced", visit)
    return Plan(
        {key: _seat(f"{path}.visits.{key}", seat) for key, seat in visits.items()},
        {key: _work(f"{path}.tasks.{key}", work) for key, work in tasks.items()},
        tuple(unplaced),
        str(form.get("status", "feasible")),
        form.get("objective"),
        form.get("bound"),
        dict(_table(f"{path}.terms", form.get("terms", {}))),
        dict(_table(f"{path}.why", form.get("why", {}))),
    )


def read_visit(form: Any) -> VisitPlanIn:
    """Return one visit; raises DayRefused naming the path and the value."""
    return _inner("visit", form, _visit)


def _seat(path: str, form: Any) -> Seat:
    form = _table(path, form)
    desk = form.get("desk")
    if desk is not None:
        a_name(f"{path}.desk", desk)
    a_minute(f"{path}.start_min", form.get("start_min"))
    return Seat(desk, form["start_min"])


def _work(path: str, form: Any) -> Work:
    form = _table(path, form)
    a_name(f"{path}.agent", form.get("agent"))
    if form.get("second") is not None:
        a_name(f"{path}.second", form["second"])
    for name in ("start_min", "end_min"):
        a_minute(f"{path}.{name}", form.get(name))
    return Work(form["agent"], form.get("second"), form["start_min"], form["end_min"])


def _desk(form: Mapping) -> Desk:
    return Desk(_must(form, "id"), _names(form, "features"), tuple(_list(form, "open")))


def _agent(form: Mapping) -> Agent:
    return Agent(
        _must(form, "id"),
        _table("skills", _must(form, "skills")),
        form.get("authority", 0),
        _names(form, "features"),
        tuple(_list(form, "shifts")),
        tuple(_list(form, "breaks")),
    )


def _visit(form: Mapping) -> VisitPlanIn:
    pin = form.get("pin")
    return VisitPlanIn(
        _must(form, "id"),
        _each(form, "tasks", _task),
        _must(form, "earliest_min"),
        _must(form, "latest_min"),
        form.get("told_min"),
        form.get("promise_min"),
        form.get("weight", 1.0),
        _names(form, "desk_needs"),
        _names(form, "agent_needs"),
        _inner("pin", pin, lambda table: VisitPin(_must(table, "desk"))),
    )


def _task(form: Mapping) -> Task:
    return Task(
        _must(form, "id"),
        _must(form, "skill"),
        _must(form, "minutes"),
        form.get("authority", 0),
        tuple(_list(form, "after")),
        _inner("second", form.get("second"), _second),
        _inner("pin", form.get("pin"), _task_pin),
    )


def _second(form: Mapping) -> Second:
    return Second(_must(form, "skill"), form.get("authority", 0), form.get("last_min"))


def _task_pin(form: Mapping) -> TaskPin:
    end, second = form.get("end_min"), form.get("second")
    return TaskPin(_must(form, "agent"), _must(form, "start_min"), end, second)


def _inner(path: str, form: Any, read: Callable[[Mapping], Any]) -> Any:
    if form is None:
        return None
    try:
        return read(_table(path, form))
    except DayRefused as refusal:
        raise refusal.inside(path) from None


def _each(form: Mapping, name: str, read: Callable[[Mapping], Any]) -> tuple:
    made = []
    for place, part in enumerate(_list(form, name)):
        try:
            made.append(read(_table("item", part)))
        except DayRefused as refusal:
            raise refusal.inside(f"{name}[{place}]") from None
    return tuple(made)


def _list(form: Mapping, name: str) -> list:
    value = form.get(name, [])
    if not isinstance(value, (list, tuple)):
        raise DayRefused(name, value, "must be a list")
    return list(value)


def _names(form: Mapping, name: str) -> frozenset[str]:
    for value in _list(form, name):
        a_name(name, value)
    return frozenset(_list(form, name))


def _table(path: str, form: Any) -> Mapping:
    if not isinstance(form, Mapping):
        raise DayRefused(path, form, "must be an object")
    return form


def _must(form: Mapping, name: str) -> Any:
    if form.get(name) is None:
        raise DayRefused(name, None, "is missing")
    return form[name]


def write_day(day: Day) -> dict[str, Any]:
    """Return the JSON shape of a day."""
    form: dict[str, Any] = {
        "date": day.date,
        "grid_min": day.grid_min,
        "open_min": day.open_min,
        "close_min": day.close_min,
        "desks": [
            {"id": d.id, "features": sorted(d.features), "open": [list(span) for span in d.open]}
            for d in day.desks
        ],
        "agents": [_agent_form(agent) for agent in day.agents],
        "visits": [_visit_form(visit) for visit in day.visits],
        "frozen_until_min": day.frozen_until_min,
    }
    return form if day.previous is None else form | {"previous": write_plan(day.previous)}


def write_plan(plan: Plan) -> dict[str, Any]:
    """Return the JSON shape of a plan."""
    return {
        "status": plan.status,
        "objective": plan.objective,
        "bound": plan.bound,
        "terms": dict(plan.terms),
        "visits": {visit: seat._asdict() for visit, seat in plan.visits.items()},
        "tasks": {task: work._asdict() for task, work in plan.tasks.items()},
        "unplaced": list(plan.unplaced),
        "why": {visit: dict(reason) for visit, reason in plan.why.items()},
    }


def _agent_form(agent: Agent) -> dict[str, Any]:
    return {
        "id": agent.id,
        "skills": dict(agent.skills),
        "authority": agent.authority,
        "features": sorted(agent.features),
        "shifts": [list(span) for span in agent.shifts],
        "breaks": [list(span) for span in agent.breaks],
    }


def _visit_form(visit: VisitPlanIn) -> dict[str, Any]:
    form: dict[str, Any] = {"id": visit.id, "tasks": [_task_form(task) for task in visit.tasks]}
    for name in ("earliest_min", "latest_min", "told_min", "promise_min", "weight"):
        if getattr(visit, name) is not None:
            form[name] = getattr(visit, name)
    for name in ("desk_needs", "agent_needs"):
        if getattr(visit, name):
            form[name] = sorted(getattr(visit, name))
    return form if visit.pin is None else form | {"pin": {"desk": visit.pin.desk}}


def _task_form(task: Task) -> dict[str, Any]:
    form: dict[str, Any] = {"id": task.id, "skill": task.skill, "minutes": task.minutes}
    form |= {"authority": task.authority, "after": list(task.after)}
    for name, fields in (
        ("second", ("skill", "authority", "last_min")),
        ("pin", ("agent", "start_min", "end_min", "second")),
    ):
        part = getattr(task, name)
        if part is not None:
            pairs = ((key, getattr(part, key)) for key in fields)
            form[name] = {key: value for key, value in pairs if value is not None}
    return form
