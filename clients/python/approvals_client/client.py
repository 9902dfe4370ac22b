"""The gate of an Approvals service."""

from __future__ import annotations

import functools
import http.client
import inspect
import json
import re
import time
import uuid
from dataclasses import dataclass
from typing import Any, Callable, Mapping, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .errors import (
    ApprovalDenied,
    ApprovalError,
    ApprovalPending,
    ApprovalProblem,
    ApprovalTimeout,
    ApprovalUnavailable,
)

T = TypeVar("T")
Payload = Mapping[str, Any]

_LONGEST_POLL = 30
_OUTCOMES = {"allowed", "approved", "pending", "rejected", "expired", "withdrawn", "executed", "grant_expired", "revoked"}


@dataclass(frozen=True)
class GatedAction:
    """The action that the gate is asked about. With the payload and the caller it identifies one request."""

    action_type: str
    subject_type: str
    subject_id: str
    title: str | None = None
    description: str | None = None
    type: str | None = None
    reopen: bool = False

    def _body(self, payload: Payload) -> dict[str, Any]:
        body: dict[str, Any] = {
            "actionType": self.action_type,
            "subject": {"type": self.subject_type, "id": self.subject_id},
            "payload": payload,
            "title": self.title,
            "description": self.description,
            "type": self.type,
            "reopen": self.reopen or None,
        }
        return {name: value for name, value in body.items() if value is not None}


@dataclass(frozen=True)
class Grant:
    """One-shot permission to execute exactly what was approved. The token is a secret."""

    token: str
    expires_at: str


@dataclass(frozen=True)
class GateAnswer:
    """What the gate says. Only the outcomes `allowed` and `approved` let an action pass."""

    outcome: str
    request_id: str | None = None
    grant: Grant | None = None
    explanation: str | None = None
    reason: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Execution:
    """A claimed grant."""

    request_id: str
    execution_id: str


@dataclass(frozen=True)
class _Answer:
    status: int
    body: Mapping[str, Any]
    location: str | None


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:  # Credentials must not be led elsewhere.
        return None


class Approvals:
    """A client of one service. Every call is safe to retry: it carries an idempotency key. Safe for use by many threads.

    `token` is the bearer token, or a function that gives it. `timeout` is in seconds; a long poll takes up to 30.
    """

    def __init__(self, url: str, token: str | Callable[[], str], *, timeout: float = 40, retries: int = 3) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
            raise ValueError("The service's address is an http or https address without a query.")
        self._base = url.rstrip("/")
        self._token = token
        self._timeout = timeout
        self._retries = retries
        self._opener = build_opener(_NoRedirect)

    def check(self, action: GatedAction, payload: Payload) -> GateAnswer:
        """Asks whether the action may be executed. A repeated check of the same action and payload finds the same request."""
        return _gate_answer(self._send("POST", "/api/v1/gate", action._body(payload)))

    def wait(self, request_id: str, seconds: float) -> GateAnswer:
        """Asks again about a request, and waits for a decision. Answers `pending` once the wait is over."""
        end = time.monotonic() + seconds
        while True:
            asked = time.monotonic()
            poll = max(0, min(_LONGEST_POLL, int(end - asked)))
            answer = _gate_answer(self._send("GET", f"/api/v1/gate/{quote(request_id, safe='')}?wait={poll}", None))
            if answer.outcome != "pending" or end - time.monotonic() < 1:
                return answer
            # A service that answers at once instead of waiting is not asked in a tight loop.
            time.sleep(max(0.0, 1 - (time.monotonic() - asked)))

    def claim(self, request_id: str, grant: Grant, payload: Payload) -> Execution:
        """Claims the grant: from here on the action counts as executed. Only one claim succeeds."""
        path = f"/api/v1/gate/{quote(request_id, safe='')}/execution"
        body = self._settled(self._send("POST", path, {"grant": grant.token, "payload": payload}))
        execution_id = body.get("executionId")
        if not isinstance(execution_id, str):
            raise _unreadable()
        return Execution(request_id, execution_id)

    def report(self, execution: Execution, succeeded: bool) -> None:
        """Reports what became of a claimed execution."""
        path = f"/api/v1/gate/{quote(execution.request_id, safe='')}/execution/{quote(execution.execution_id, safe='')}/result"
        self._settled(self._send("POST", path, {"outcome": "succeeded" if succeeded else "failed"}))

    def withdraw(self, request_id: str, reason: str | None = None) -> None:
        """Withdraws one's own request before it is decided."""
        body = {} if reason is None else {"reason": reason}
        self._settled(self._send("POST", f"/api/v1/requests/{quote(request_id, safe='')}/withdrawal", body))

    def run(self, action: GatedAction, payload: Payload, execute: Callable[[Any], T], *, wait: float = 0) -> T:
        """Asks, waits, claims, executes exactly the approved payload, and reports.

        Raises, and executes nothing, where the action may not run: `ApprovalPending`, `ApprovalDenied`, `ApprovalTimeout`, `ApprovalProblem`,
        `ApprovalUnavailable`. A crash while it runs leaves the execution unknown in the service; the approval is used up, so it never runs a second
        time by it. `wait` is in seconds.
        """
        # What is approved is this text; the caller's object may change while it is awaited.
        text = json.dumps(payload, allow_nan=False)
        answer = self.check(action, json.loads(text))
        if answer.outcome == "pending" and answer.request_id and wait > 0:
            answer = self.wait(answer.request_id, wait)
        _raise_unless_passes(answer)
        if answer.outcome == "allowed":
            return execute(json.loads(text))
        assert answer.request_id is not None and answer.grant is not None
        execution = self.claim(answer.request_id, answer.grant, json.loads(text))
        succeeded = False
        try:
            result = execute(json.loads(text))
            succeeded = True
            return result
        finally:
            try:
                self.report(execution, succeeded)
            except ApprovalError:
                pass  # The action was carried out or not; a lost report must not say otherwise.

    def tool(
        self, action: Callable[[dict[str, Any]], GatedAction], *, wait: float = 0
    ) -> Callable[[Callable[..., T]], Callable[..., T | dict[str, Any]]]:
        """Decorates a tool function: it runs only once approved, with its arguments by name as the payload.

        Where it may not run, the model gets `{"status", "requestId", "message"}` as the tool's result. Works with the OpenAI Agents SDK, LangChain
        and plain functions: name, docstring and signature are kept.
        """

        def decorate(function: Callable[..., T]) -> Callable[..., T | dict[str, Any]]:
            signature = inspect.signature(function)
            if any(p.kind in (p.POSITIONAL_ONLY, p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in signature.parameters.values()):
                raise TypeError("A tool's parameters have names: they are the members of what is approved.")

            @functools.wraps(function)
            def gated(*positional: Any, **named: Any) -> T | dict[str, Any]:
                bound = signature.bind(*positional, **named)
                bound.apply_defaults()
                arguments = dict(bound.arguments)
                own: list[BaseException] = []

                def execute(approved: dict[str, Any]) -> T:
                    try:
                        return function(**approved)
                    except BaseException as fault:
                        own.append(fault)
                        raise

                try:
                    return self.run(action(arguments), arguments, execute, wait=wait)
                except ApprovalError as refused:
                    if refused in own:
                        raise  # An error of the tool itself is the tool's own.
                    return _told(refused)

            return gated

        return decorate

    def _settled(self, answer: _Answer) -> Mapping[str, Any]:
        """Follows an accepted command until it is carried out or refused."""
        if not 200 <= answer.status < 300:
            raise ApprovalProblem(answer.status, answer.body)
        if answer.status != 202:
            return answer.body
        # The address must be the service's own: credentials go with the call.
        if answer.location is None or not re.match(r"/[^/]", answer.location):
            raise _unreadable()
        while True:
            command = self._send("GET", answer.location, None)
            if command.status != 200:
                raise ApprovalProblem(command.status, command.body)
            status = command.body.get("status")
            if status == "done":
                return command.body
            if status != "pending":
                problem = command.body.get("problem")
                raise ApprovalProblem(409, problem if isinstance(problem, dict) else command.body)
            time.sleep(1)

    def _send(self, method: str, path: str, body: Any) -> _Answer:
        headers = {"Authorization": f"Bearer {self._token if isinstance(self._token, str) else self._token()}", "Accept": "application/json"}
        data = None
        if body is not None:
            data = json.dumps(body, allow_nan=False).encode()
            headers["Content-Type"] = "application/json"
            headers["Idempotency-Key"] = uuid.uuid4().hex
        attempt = 0
        while True:
            last = attempt >= self._retries
            try:
                answer, retry_after = self._exchange(Request(self._base + path, data, headers, method=method))
                # 408 is the gate's answer that nobody decided in time, not a fault of the connection.
                if last or (answer.status < 500 and answer.status != 429):
                    return answer
                time.sleep(min(retry_after, 30) if retry_after else 0.25 * 2**attempt)
            except (URLError, http.client.HTTPException, OSError) as fault:
                if last:
                    raise ApprovalUnavailable("APPROVAL_UNAVAILABLE", "The approval service can't be reached.") from fault
                time.sleep(0.25 * 2**attempt)
            attempt += 1

    def _exchange(self, request: Request) -> tuple[_Answer, float | None]:
        try:
            response = self._opener.open(request, timeout=self._timeout)
        except HTTPError as refused:
            response = refused
        with response:
            raw = response.read()
            retry_after = response.headers.get("Retry-After")
            answer = _Answer(response.status, _object(raw), response.headers.get("Location"))
            return answer, float(retry_after) if retry_after and retry_after.isdigit() else None


def _raise_unless_passes(answer: GateAnswer) -> None:
    match answer.outcome:
        case "allowed":
            return
        case "approved" if answer.request_id and answer.grant:
            return
        case "approved":
            raise ApprovalDenied("APPROVAL_DENIED", "The grant is for another caller.", answer.request_id)
        case "pending":
            raise ApprovalPending("APPROVAL_PENDING", answer.explanation or "The action waits for approval.", answer.request_id)
        case "expired" | "grant_expired":
            raise ApprovalTimeout("APPROVAL_TIMEOUT", answer.reason or "Nobody decided in time.", answer.request_id)
        case _:
            raise ApprovalDenied("APPROVAL_DENIED", answer.reason or "The action was not approved.", answer.request_id)


def _gate_answer(answer: _Answer) -> GateAnswer:
    """A "no" of the gate is a problem document with an outcome; every other problem is raised."""
    outcome = answer.body.get("outcome")
    if not isinstance(outcome, str):
        raise ApprovalProblem(answer.status, answer.body)
    # Only a plain 200 lets an action pass, whatever its body says.
    known = outcome in _OUTCOMES and (outcome not in ("allowed", "approved") or answer.status == 200)
    grant = answer.body.get("grant")

    def text(name: str) -> str | None:
        value = answer.body.get(name)
        return value if isinstance(value, str) else None

    return GateAnswer(
        outcome=outcome if known else "unknown",
        request_id=text("requestId"),
        grant=Grant(grant["token"], str(grant.get("expiresAt"))) if isinstance(grant, dict) and isinstance(grant.get("token"), str) else None,
        explanation=text("explanation"),
        reason=text("reason") or text("detail"),
        code=text("code"),
    )


def _told(refused: ApprovalError) -> dict[str, Any]:
    pending = isinstance(refused, ApprovalPending)
    told: dict[str, Any] = {
        "status": "pending" if pending else "denied",
        "message": f"The tool was not run yet: somebody has to approve it first. {refused} Call it again later with the same arguments."
        if pending
        else f"The tool was not run: {refused}",
    }
    if refused.request_id is not None:
        told["requestId"] = refused.request_id
    return told


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _unreadable() -> ApprovalProblem:
    return ApprovalProblem(502, {"detail": "The service's answer could not be understood."})
