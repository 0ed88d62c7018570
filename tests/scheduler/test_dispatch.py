"""Who is next, and when beats ring."""

import threading
import time

from scheduler import Plan, Waiting, mend, order
from scheduler.clock import BEATS, Beat, Clock
from tests.scheduler.days import CLOSE, a_day, a_desk, a_visit, an_agent


def a_floor(*visits):
    agents = [an_agent("huda", ("passport", "civil")), an_agent("noor", ("civil",))]
    desks = [a_desk("D1"), a_desk("D2", features=("accessible",))]
    return a_day(*visits, agents=agents, desks=desks)


def test_a_broken_promise_goes_before_a_longer_wait():
    day = a_floor(a_visit("early", until=CLOSE), a_visit("promised", until=CLOSE))
    waiting = [Waiting("early", 470), Waiting("promised", 495, 490, 495)]

    choices = order(day, Plan.empty(), waiting, "huda", 500, ["D1"])

    assert [choice.visit for choice in choices] == ["promised", "early"]
    assert choices[0].why == "promise_passed"
    assert choices[0].facts == {"waited_min": 5, "promise_in_min": -5}


def test_nobody_is_given_a_task_they_may_not_begin():
    day = a_floor(a_visit("K1", until=CLOSE), a_visit("K2", skill="civil", until=CLOSE))
    waiting = [Waiting("K1", 480), Waiting("K2", 480)]

    assert [c.visit for c in order(day, Plan.empty(), waiting, "noor", 490, ["D1"])] == ["K2"]


def test_who_needs_an_accessible_desk_waits_for_one():
    day = a_floor(a_visit("K1", until=CLOSE, desk_needs={"accessible"}))
    waiting = [Waiting("K1", 480)]

    assert order(day, Plan.empty(), waiting, "huda", 490, ["D1"]) == []
    assert order(day, mend(day, None), waiting, "huda", 490, ["D1", "D2"])[0].desk == "D2"


def test_the_clock_rings_its_beats_and_stops():
    rung, heard = [], threading.Event()
    clock = Clock(lambda name: (rung.append(name), heard.set()), [Beat("tell", 10)], speed=50)
    clock.start()

    assert heard.wait(5)
    clock.stop()

    count = len(rung)
    assert set(rung) == {"tell"}
    time.sleep(0)
    assert len(rung) == count
    assert len({beat.name for beat in BEATS}) == len(BEATS)
