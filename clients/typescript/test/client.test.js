// Against the running service, whose address is in APPROVALS_URL: Rae asks, Mika decides; and against scripted answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Approvals, ApprovalDeniedError, ApprovalPendingError, ApprovalProblemError, ApprovalTimeoutError, ApprovalUnavailableError,
} from "../dist/index.js";

const url = process.env.APPROVALS_URL;
const run = crypto.randomUUID().slice(0, 8);
const rae = new Approvals({ url: url ?? "http://127.0.0.1:1", token: () => "dev.contoso.rae" });
const never = () => assert.fail("The action must not be executed.");
const action = (number) => ({ actionType: "purchasing.vendorBill.post", subject: { type: "vendorBill", id: number } });
const bill = (number, amount = 7200) => ({ number, amount, currency: "EUR", vendor: { name: "Nordwind GmbH", isNew: false } });

async function decide(requestId, decision, comment) {
  const response = await fetch(`${url}/api/v1/requests/${requestId}/decisions`, {
    method: "POST",
    headers: { authorization: "Bearer dev.contoso.mika", "content-type": "application/json" },
    body: JSON.stringify({ decision, ...(comment === undefined ? {} : { comment }) }),
  });
  assert.equal(response.status, 200, await response.text());
}

async function pending(number, amount) {
  let id;
  await assert.rejects(rae.run(action(number), bill(number, amount), never), (error) => {
    assert.ok(error instanceof ApprovalPendingError, String(error));
    id = error.requestId;
    return true;
  });
  return id;
}

test("the service's address is given", () => assert.ok(url, "APPROVALS_URL must name the running service."));

test("what no policy asks about runs at once", async () => {
  assert.equal(await rae.run(action(`${run}-1`), bill(`${run}-1`, 10), (approved) => approved.amount), 10);
});

test("an approved action runs once, with the approved payload", async () => {
  const id = await pending(`${run}-2`);
  const waiting = rae.run(action(`${run}-2`), bill(`${run}-2`), (approved) => approved, { wait: 30 });
  await decide(id, "approve");
  assert.deepEqual(await waiting, bill(`${run}-2`));
  assert.notEqual(await pending(`${run}-2`), id);
});

test("callers at the same time execute once", async () => {
  await decide(await pending(`${run}-3`), "approve");
  let executions = 0;
  await Promise.allSettled(Array.from({ length: 6 }, () => rae.run(action(`${run}-3`), bill(`${run}-3`), () => { executions++; })));
  assert.equal(executions, 1);
});

test("a rejection has the approver's reason", async () => {
  await decide(await pending(`${run}-4`), "reject", "Twice the order.");
  await assert.rejects(rae.run(action(`${run}-4`), bill(`${run}-4`), never), { name: "ApprovalDeniedError", message: "Twice the order." });
});

test("a changed payload cannot be claimed", async () => {
  const id = await pending(`${run}-5`);
  await decide(id, "approve");
  const { grant } = await rae.wait(id, 0);
  await assert.rejects(rae.claim(id, grant, bill(`${run}-5`, 9_000_000)), { code: "APPROVAL_PAYLOAD_CHANGED" });
});

test("a withdrawn request is over", async () => {
  const id = await pending(`${run}-6`);
  await rae.withdraw(id, "Not needed.");
  assert.equal((await rae.wait(id, 0)).outcome, "withdrawn");
});

test("a tool tells the model while it waits, and runs once approved", async () => {
  const paid = [];
  const pay = rae.tool((args) => action(args.number), (args) => { paid.push(args.number); return "paid"; });
  const told = await pay(bill(`${run}-7`));
  assert.equal(told.status, "pending");
  await decide(told.requestId, "approve");
  assert.equal(await pay(bill(`${run}-7`)), "paid");
  assert.equal((await pay(bill(`${run}-7`))).status, "pending");
  assert.deepEqual(paid, [`${run}-7`]);
});

function scripted(...answers) {
  const seen = [];
  const client = new Approvals({
    url: "http://approvals.test", token: "secret", retries: 2,
    fetch: async (address, init) => {
      seen.push({ address, key: init.headers["idempotency-key"], authorization: init.headers.authorization });
      const { status, body, location } = answers[Math.min(seen.length, answers.length) - 1];
      return new Response(body ?? null, { status, headers: location === undefined ? {} : { location } });
    },
  });
  return { client, seen };
}

const denials = [
  [202, '{"outcome":"allowed"}'], [200, '{"outcome":"Allowed"}'], [200, '{"outcome":"granted"}'], [200, '{"outcome":"approved","requestId":"r"}'],
  [403, '{"outcome":"approved","requestId":"r","grant":{"token":"t"}}'], [409, '{"outcome":"executed","requestId":"r"}'], [409, '{"outcome":"revoked"}'],
];
for (const [status, body] of denials) {
  test(`only a plain yes lets an action pass: ${status} ${body}`, async () => {
    await assert.rejects(scripted({ status, body }).client.run(action("a"), {}, never), ApprovalDeniedError);
  });
}

for (const [status, body] of [[200, ""], [200, "<html>"], [200, "[]"], [200, '{"outcome":7}'], [302, ""], [403, '{"code":"APPROVAL_NOT_AUTHORIZED"}']]) {
  test(`an answer without an outcome is a problem: ${status} ${body}`, async () => {
    await assert.rejects(scripted({ status, body }).client.run(action("a"), {}, never), ApprovalProblemError);
  });
}

test("nobody decided in time is a timeout, and is not sent again", async () => {
  const { client, seen } = scripted({ status: 408, body: '{"outcome":"expired","requestId":"r"}' });
  await assert.rejects(client.run(action("a"), {}, never), ApprovalTimeoutError);
  assert.equal(seen.length, 1);
});

test("a retry repeats the idempotency key", async () => {
  const { client, seen } = scripted({ status: 503 }, { status: 200, body: '{"outcome":"allowed"}' });
  assert.equal((await client.check(action("a"), {})).outcome, "allowed");
  assert.equal(new Set(seen.map((call) => call.key)).size, 1);
});

test("an address elsewhere is not followed", async () => {
  const { client, seen } = scripted({ status: 202, body: "{}", location: "//evil.example/steal" });
  await assert.rejects(client.claim("r", { token: "t" }, {}), ApprovalProblemError);
  assert.equal(seen.length, 1);
});

test("a claim whose answer takes long is followed", async () => {
  const { client } = scripted(
    { status: 202, body: "{}", location: "/api/v1/requests/r/commands/c" }, { status: 200, body: '{"status":"done","executionId":"x"}' });
  assert.equal((await client.claim("r", { token: "t" }, {})).executionId, "x");
});

test("a service that is away executes nothing", async () => {
  const away = new Approvals({ url: "http://127.0.0.1:1", token: "t", retries: 0 });
  await assert.rejects(away.run(action("a"), {}, never), ApprovalUnavailableError);
});
