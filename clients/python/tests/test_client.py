"""Against the running service, whose address is in APPROVALS_URL: Rae asks, Mika decides; and against scripted answers on a local port."""

import json
import os
import sys
import threading
import unittest
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from approvals_client import (  # noqa: E402
    ApprovalDenied,
    ApprovalError,
    ApprovalPending,
    ApprovalProblem,
    Approvals,
    ApprovalTimeout,
    ApprovalUnavailable,
    GatedAction,
    Grant,
)

URL = os.environ["APPROVALS_URL"]
RUN = uuid.uuid4().hex[:8]


def action(number):
    return GatedAction("purchasing.vendorBill.post", "vendorBill", number)


def bill(number, amount=7200):
    return {"number": number, "amount": amount, "currency": "EUR", "vendor": {"name": "Nordwind GmbH", "isNew": False}}


def never(_):
    raise AssertionError("The action must not be executed.")


def decide(request_id, decision, comment=None):
    body = {"decision": decision} | ({} if comment is None else {"comment": comment})
    headers = {"Authorization": "Bearer dev.contoso.mika", "Content-Type": "application/json"}
    call = urllib.request.Request(f"{URL}/api/v1/requests/{request_id}/decisions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(call) as answer:
        assert answer.status == 200


class ServiceTests(unittest.TestCase):
    def setUp(self):
        self.rae = Approvals(URL, lambda: "dev.contoso.rae")

    def pending(self, number, amount=7200):
        with self.assertRaises(ApprovalPending) as raised:
            self.rae.run(action(number), bill(number, amount), never)
        return raised.exception.request_id

    def test_what_no_policy_asks_about_runs_at_once(self):
        self.assertEqual(self.rae.run(action(f"{RUN}-1"), bill(f"{RUN}-1", 10), lambda approved: approved["amount"]), 10)

    def test_an_approved_action_runs_once_with_the_approved_payload(self):
        request_id = self.pending(f"{RUN}-2")
        with ThreadPoolExecutor() as pool:
            waiting = pool.submit(self.rae.run, action(f"{RUN}-2"), bill(f"{RUN}-2"), lambda approved: approved, wait=30)
            decide(request_id, "approve")
            self.assertEqual(waiting.result(60), bill(f"{RUN}-2"))
        self.assertNotEqual(self.pending(f"{RUN}-2"), request_id)

    def test_callers_at_the_same_time_execute_once(self):
        decide(self.pending(f"{RUN}-3"), "approve")
        executions = []

        def run(_):
            try:
                self.rae.run(action(f"{RUN}-3"), bill(f"{RUN}-3"), executions.append)
            except ApprovalError:
                pass

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(run, range(6)))
        self.assertEqual(len(executions), 1)

    def test_a_rejection_has_the_approvers_reason(self):
        decide(self.pending(f"{RUN}-4"), "reject", "Twice the order.")
        with self.assertRaisesRegex(ApprovalDenied, "Twice the order."):
            self.rae.run(action(f"{RUN}-4"), bill(f"{RUN}-4"), never)

    def test_a_changed_payload_cannot_be_claimed(self):
        request_id = self.pending(f"{RUN}-5")
        decide(request_id, "approve")
        with self.assertRaises(ApprovalProblem) as raised:
            self.rae.claim(request_id, self.rae.wait(request_id, 0).grant, bill(f"{RUN}-5", 9_000_000))
        self.assertEqual(raised.exception.code, "APPROVAL_PAYLOAD_CHANGED")

    def test_a_withdrawn_request_is_over(self):
        request_id = self.pending(f"{RUN}-6")
        self.rae.withdraw(request_id, "Not needed.")
        self.assertEqual(self.rae.wait(request_id, 0).outcome, "withdrawn")

    def test_a_tool_tells_the_model_while_it_waits_and_runs_once_approved(self):
        paid = []

        @self.rae.tool(lambda arguments: action(arguments["number"]))
        def pay(number, amount, currency, vendor, *, note=None):
            """Pays a bill."""
            paid.append(number)
            return "paid"

        self.assertEqual((pay.__name__, pay.__doc__), ("pay", "Pays a bill."))
        told = pay(**bill(f"{RUN}-7"))
        self.assertEqual(told["status"], "pending")
        decide(told["requestId"], "approve")
        self.assertEqual(pay(*bill(f"{RUN}-7").values()), "paid")
        self.assertEqual(pay(**bill(f"{RUN}-7"))["status"], "pending")
        self.assertEqual(paid, [f"{RUN}-7"])


    def test_a_tool_without_named_parameters_is_refused(self):
        with self.assertRaises(TypeError):
            self.rae.tool(lambda arguments: action("a"))(lambda *values: None)


class Scripted:
    """A service that gives prepared answers in turn, the last one again and again."""

    def __init__(self, *answers):
        self.seen = []
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                scripted.seen.append((self.path, self.headers.get("Idempotency-Key")))
                status, body, *location = answers[min(len(scripted.seen), len(answers)) - 1]
                self.send_response(status)
                if location:
                    self.send_header("Location", location[0])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            do_GET = do_POST

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.client = Approvals(f"http://127.0.0.1:{self.server.server_port}", "secret", retries=2)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class ProtocolTests(unittest.TestCase):
    def test_only_a_plain_yes_lets_an_action_pass(self):
        for status, body in [
            (202, '{"outcome":"allowed"}'),
            (200, '{"outcome":"Allowed"}'),
            (200, '{"outcome":"granted"}'),
            (200, '{"outcome":"approved","requestId":"r"}'),
            (403, '{"outcome":"approved","requestId":"r","grant":{"token":"t"}}'),
            (409, '{"outcome":"executed","requestId":"r"}'),
            (409, '{"outcome":"revoked"}'),
        ]:
            with self.subTest(body), Scripted((status, body)) as service, self.assertRaises(ApprovalDenied):
                service.client.run(action("a"), {}, never)

    def test_an_answer_without_an_outcome_is_a_problem(self):
        for status, body in [(200, ""), (200, "<html>"), (200, "[]"), (200, '{"outcome":7}'), (302, ""), (403, '{"code":"APPROVAL_NOT_AUTHORIZED"}')]:
            with self.subTest(body), Scripted((status, body)) as service, self.assertRaises(ApprovalProblem):
                service.client.run(action("a"), {}, never)

    def test_nobody_decided_in_time_is_a_timeout_and_is_not_sent_again(self):
        with Scripted((408, '{"outcome":"expired","requestId":"r"}')) as service:
            with self.assertRaises(ApprovalTimeout):
                service.client.run(action("a"), {}, never)
            self.assertEqual(len(service.seen), 1)

    def test_a_retry_repeats_the_idempotency_key(self):
        with Scripted((503, ""), (200, '{"outcome":"allowed"}')) as service:
            self.assertEqual(service.client.check(action("a"), {}).outcome, "allowed")
            self.assertEqual(len({key for _, key in service.seen}), 1)

    def test_an_address_elsewhere_is_not_followed(self):
        with Scripted((202, "{}", "//evil.example/steal")) as service:
            with self.assertRaises(ApprovalProblem):
                service.client.claim("r", Grant("t", ""), {})
            self.assertEqual(len(service.seen), 1)

    def test_a_claim_whose_answer_takes_long_is_followed(self):
        with Scripted((202, "{}", "/api/v1/requests/r/commands/c"), (200, '{"status":"done","executionId":"x"}')) as service:
            self.assertEqual(service.client.claim("r", Grant("t", ""), {}).execution_id, "x")

    def test_a_service_that_is_away_executes_nothing(self):
        with self.assertRaises(ApprovalUnavailable):
            Approvals("http://127.0.0.1:1", "t", retries=0).run(action("a"), {}, never)

    def test_numbers_that_json_lacks_are_refused(self):
        with self.assertRaises(ValueError):
            Approvals("http://127.0.0.1:1", "t", retries=0).run(action("a"), {"amount": float("nan")}, never)


if __name__ == "__main__":
    unittest.main()
