"""Small and random days for the tests of the brain: builders with overrides."""

from random import Random

from hypothesis import strategies as st

from scheduler import Agent, Day, Desk, Second, Task, TaskPin, VisitPin, VisitPlanIn

SKILLS = ("passport", "civil", "traffic")
OPEN, CLOSE = 480, 600


def an_agent(name, skills=("passport",), **more):
    """Return an agent at work all day with factor 1 in its skills."""
    factors = skills if isinstance(skills, dict) else dict.fromkeys(skills, 1.0)
    return Agent(name, factors, **({"shifts": ((OPEN, CLOSE),)} | more))


def a_desk(name="D1", **more):
    """Return a desk open all day."""
    return Desk(name, **({"open": ((OPEN, CLOSE),)} | more))


def a_visit(name, at=OPEN, minutes=20, skill="passport", until=None, **more):
    """Return a booked visit of one task, told `at`; `until` widens its range."""
    tasks = more.pop("tasks", None) or (Task(f"{name}.1", skill, minutes),)
    told = {"told_min": at, "promise_min": at + 5}
    return VisitPlanIn(name, tasks, at, at if until is None else until, **(told | more))


def a_day(*visits, agents=None, desks=None, **more):
    """Return a day of one passport agent at one desk, or of what is given."""
    agents = [an_agent("huda")] if agents is None else agents
    desks = [a_desk()] if desks is None else desks
    return Day("2026-11-24", 5, OPEN, CLOSE, desks, agents, visits, **more)


def random_visit(random: Random, name: str, fixed: bool = False) -> VisitPlanIn:
    """Return a visit of 1 to 3 tasks, sometimes with needs, precedence or a second agent."""
    tasks = []
    for n in range(random.choice((1, 1, 1, 2, 3))):
        second = None
        if random.random() < 0.15:
            second = Second(random.choice(SKILLS), 0, random.choice((None, 5, 12)))
        after = (tasks[-1].id,) if tasks and random.random() < 0.4 else ()
        minutes = random.choice((3, 5, 10, 15, 25))
        authority = random.choice((0, 0, 0, 1))
        tasks.append(Task(f"{name}.{n}", random.choice(SKILLS), minutes, authority, after, second))
    at = random.randrange(OPEN, CLOSE - 20, 5)
    latest = at if fixed else random.choice((at, min(CLOSE, at + 30), CLOSE))
    told = random.choice((None, at))
    return VisitPlanIn(
        name,
        tuple(tasks),
        at,
        latest,
        told,
        None if told is None else told + 5,
        random.choice((1.0, 1.0, 2.5)),
        frozenset(random.choice(((), (), ("accessible",)))),
        frozenset(random.choice(((), (), ("lang:en",)))),
    )


def random_day(seed: int, most_visits: int = 10, pins: bool = True) -> Day:
    """Return a day from a seed: everything the model knows turns up sooner or later."""
    random = Random(seed)
    agents = []
    for n in range(random.randint(1, 4)):
        known = random.sample(SKILLS, random.randint(1, 3))
        rest = random.choice(((), ((510, 520),), ((540, 560),)))
        shift = random.choice((((OPEN, CLOSE),), ((OPEN, 540),), ((500, CLOSE),), ()))
        features = random.choice((("lang:en",), ()))
        factors = {skill: random.choice((0.8, 1.0, 1.0, 1.3)) for skill in known}
        agents.append(Agent(f"a{n}", factors, random.randint(0, 2), features, shift, rest))
    desks = [
        Desk(
            f"d{n}",
            random.choice(((), ("accessible",))),
            random.choice((((OPEN, CLOSE),), ((OPEN, 530), (540, CLOSE)))),
        )
        for n in range(random.choice((0, 1, 2, 3)))
    ]
    visits = [random_visit(random, f"v{n}") for n in range(random.randint(0, most_visits))]
    frozen = random.choice((0, 0, OPEN + 20, OPEN + 33))
    if pins and frozen:
        visits = [_pinned(random, visit, agents, desks, frozen) for visit in visits]
    return Day("2026-11-24", 5, OPEN, CLOSE, desks, agents, visits, None, frozen)


def _pinned(random, visit, agents, desks, frozen):
    """Return the visit, now and then called to a desk or already being served."""
    lot = random.random()
    pin = VisitPin(random.choice(desks).id) if desks and lot < 0.4 else None
    tasks = visit.tasks
    if lot < 0.2:
        start = OPEN + 5 * random.randint(0, 3)
        end = random.choice((None, start + 30))
        first = tasks[0]
        decided = TaskPin(random.choice(agents).id, start, end)
        first = Task(first.id, first.skill, first.minutes, 0, first.after, first.second, decided)
        tasks = (first, *tasks[1:])
    return VisitPlanIn(
        visit.id,
        tasks,
        visit.earliest_min,
        visit.latest_min,
        visit.told_min,
        visit.promise_min,
        visit.weight,
        visit.desk_needs,
        visit.agent_needs,
        pin,
    )


seeds = st.integers(0, 10**9)
