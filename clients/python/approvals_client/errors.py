"""Why an action did not pass the gate. It was not executed."""

from __future__ import annotations

from typing import Any, Mapping


class ApprovalError(Exception):
    """An action did not pass the gate. `code` is stable; `request_id` is set where there is a request."""

    def __init__(self, code: str, message: str, request_id: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.request_id = request_id


class ApprovalDenied(ApprovalError):
    """Approval was refused, or the answer is not one that lets an action pass."""


class ApprovalTimeout(ApprovalError):
    """Nobody decided in time."""


class ApprovalPending(ApprovalError):
    """Somebody still has to decide. Run the same again later: it finds the same request."""


class ApprovalUnavailable(ApprovalError):
    """The service could not be reached."""


class ApprovalProblem(ApprovalError):
    """The service refused the call with a problem document (RFC 9457)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        code = problem.get("code")
        detail = problem.get("detail")
        code = code if isinstance(code, str) else f"HTTP_{status}"
        super().__init__(code, detail if isinstance(detail, str) else code)
        self.status = status
        self.problem = problem
