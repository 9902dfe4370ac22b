"""Asks the Approvals service before a sensitive action, and executes exactly what was approved, once."""

from .client import Approvals, Execution, GateAnswer, GatedAction, Grant
from .errors import (
    ApprovalDenied,
    ApprovalError,
    ApprovalPending,
    ApprovalProblem,
    ApprovalTimeout,
    ApprovalUnavailable,
)

__all__ = [
    "Approvals",
    "ApprovalDenied",
    "ApprovalError",
    "ApprovalPending",
    "ApprovalProblem",
    "ApprovalTimeout",
    "ApprovalUnavailable",
    "Execution",
    "GateAnswer",
    "GatedAction",
    "Grant",
]
