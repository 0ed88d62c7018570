"""The brain: a day in, a plan out; offers, mend, improve, judge. Imports nothing of ours."""

from scheduler.check import Breach, breaches
from scheduler.day import Day
from scheduler.dispatch import Choice, Waiting, order
from scheduler.greedy import mend
from scheduler.offers import Start, insert, offers
from scheduler.parts import Agent, Desk, Second, Task, TaskPin, VisitPin, VisitPlanIn
from scheduler.plan import Changes, Plan, Seat, Work, difference
from scheduler.refusal import DayRefused
from scheduler.solve import improve
from scheduler.terms import price

__all__ = [
    "Agent",
    "Breach",
    "Changes",
    "Choice",
    "Day",
    "DayRefused",
    "Desk",
    "Plan",
    "Seat",
    "Second",
    "Start",
    "Task",
    "TaskPin",
    "VisitPin",
    "VisitPlanIn",
    "Waiting",
    "Work",
    "breaches",
    "difference",
    "improve",
    "insert",
    "mend",
    "offers",
    "order",
    "price",
]
