import type { components } from "./api.js";
import {
  ApprovalDeniedError,
  ApprovalError,
  ApprovalPendingError,
  ApprovalProblemError,
  ApprovalTimeoutError,
  ApprovalUnavailableError,
} from "./errors.js";

type Schemas = components["schemas"];

/** What the gate is asked; as in the API, without the payload. */
export type GatedAction = Omit<Schemas["GateCheck"], "payload">;

/** What will be done, whole. Exactly this is approved. */
export type Payload = Schemas["GateCheck"]["payload"];

/** One-shot permission to execute exactly what was approved. */
export type Grant = NonNullable<Schemas["GatePass"]["grant"]>;

/** What the gate says. Only `allowed` and `approved` let an action pass. */
export interface GateAnswer {
  readonly outcome: "allowed" | "approved" | "pending" | "rejected" | "expired" | "withdrawn" | "executed" | "grant_expired" | "revoked" | "unknown";
  readonly requestId?: string;
  readonly grant?: Grant;
  readonly explanation?: string;
  readonly reason?: string;
  readonly code?: string;
}

/** A claimed grant. */
export interface Execution {
  readonly requestId: string;
  readonly executionId: string;
}

export interface ApprovalsOptions {
  /** The service's address, for example `http://localhost:7071`. */
  readonly url: string;
  /** The bearer token, or a function that gives it. */
  readonly token: string | (() => string | Promise<string>);
  /** Milliseconds after which one call is given up; 40,000 by default: a long poll takes up to 30 seconds. */
  readonly timeout?: number;
  /** How often a call is sent again after a fault of the network or the service; 3 by default. A repeat carries the same idempotency key. */
  readonly retries?: number;
  /** For tests. */
  readonly fetch?: typeof fetch;
}

export interface RunOptions {
  /** Seconds to wait for a decision; 0 by default. */
  readonly wait?: number;
  readonly signal?: AbortSignal;
}

const longestPoll = 30;
const outcomes: readonly string[] = ["allowed", "approved", "pending", "rejected", "expired", "withdrawn", "executed", "grant_expired", "revoked"];

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly location: string | null;
}

/** The gate of an Approvals service. */
export class Approvals {
  readonly #options: ApprovalsOptions;
  readonly #base: string;

  constructor(options: ApprovalsOptions) {
    const url = new URL(options.url);
    if (url.protocol !== "http:" && url.protocol !== "https:") {
      throw new TypeError("The service's address is an http or https address.");
    }
    this.#options = options;
    this.#base = url.href.replace(/\/$/, "");
  }

  /** Asks whether the action may be executed. A repeated check of the same action and payload finds the same request. */
  async check(action: GatedAction, payload: Payload, signal?: AbortSignal): Promise<GateAnswer> {
    return answerOf(await this.#send("POST", "/api/v1/gate", { ...action, payload }, signal));
  }

  /** Asks again about a request, and waits for a decision. Answers `pending` once the wait is over. */
  async wait(requestId: string, seconds: number, signal?: AbortSignal): Promise<GateAnswer> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const asked = Date.now();
      const poll = Math.max(0, Math.min(longestPoll, Math.floor((end - asked) / 1000)));
      const answer = answerOf(await this.#send("GET", `/api/v1/gate/${encodeURIComponent(requestId)}?wait=${poll}`, undefined, signal));
      if (answer.outcome !== "pending" || end - Date.now() < 1000) {
        return answer;
      }
      // A service that answers at once instead of waiting is not asked in a tight loop.
      await pause(Math.max(0, 1000 - (Date.now() - asked)), signal);
    }
  }

  /** Claims the grant: from here on the action counts as executed. Only one claim succeeds. */
  async claim(requestId: string, grant: Grant, payload: Payload, signal?: AbortSignal): Promise<Execution> {
    const answer = await this.#settled(
      await this.#send("POST", `/api/v1/gate/${encodeURIComponent(requestId)}/execution`, { grant: grant.token, payload }, signal), signal);
    const executionId = answer["executionId"];
    if (typeof executionId !== "string") {
      throw new ApprovalProblemError(502, { detail: "The service's answer could not be understood." });
    }
    return { requestId, executionId };
  }

  /** Reports what became of a claimed execution. */
  async report(execution: Execution, succeeded: boolean): Promise<void> {
    const path = `/api/v1/gate/${encodeURIComponent(execution.requestId)}/execution/${encodeURIComponent(execution.executionId)}/result`;
    await this.#settled(await this.#send("POST", path, { outcome: succeeded ? "succeeded" : "failed" }));
  }

  /** Withdraws one's own request before it is decided. */
  async withdraw(requestId: string, reason?: string): Promise<void> {
    await this.#settled(await this.#send("POST", `/api/v1/requests/${encodeURIComponent(requestId)}/withdrawal`, reason === undefined ? {} : { reason }));
  }

  /**
   * Asks, waits, claims, executes exactly the approved payload, and reports. Throws, and executes nothing, where the action may not run. A crash
   * while it runs leaves the execution unknown in the service; the approval is used up, so it never runs a second time by it.
   */
  async run<P extends Payload, T>(action: GatedAction, payload: P, execute: (payload: P) => Promise<T> | T, options: RunOptions = {}): Promise<T> {
    // What is approved is this text; the caller's object may change while it is awaited.
    const approved = JSON.parse(JSON.stringify(payload)) as P;
    const text = JSON.stringify(approved);
    let answer = await this.check(action, approved, options.signal);
    if (answer.outcome === "pending" && answer.requestId !== undefined && (options.wait ?? 0) > 0) {
      answer = await this.wait(answer.requestId, options.wait!, options.signal);
    }
    throwUnlessPasses(answer);
    if (answer.outcome === "allowed") {
      return await execute(JSON.parse(text) as P);
    }
    const execution = await this.claim(answer.requestId!, answer.grant!, approved, options.signal);
    let succeeded = false;
    try {
      const result = await execute(JSON.parse(text) as P);
      succeeded = true;
      return result;
    } finally {
      // The action was carried out or not; a lost report must not say otherwise.
      await this.report(execution, succeeded).catch(() => undefined);
    }
  }

  /**
   * A tool function that runs only once approved. For function tools of any agent framework: where it may not run, the model gets
   * `{status, requestId, message}` as the tool's result.
   */
  tool<P extends Payload, T>(
    action: (args: P) => GatedAction, execute: (args: P) => Promise<T> | T, options: RunOptions = {},
  ): (args: P) => Promise<T | { readonly status: "pending" | "denied"; readonly requestId?: string; readonly message: string }> {
    return async (args) => {
      const fault: { thrown?: unknown } = {};
      try {
        return await this.run(action(args), args, async (approved) => {
          try {
            return await execute(approved);
          } catch (thrown) {
            fault.thrown = thrown;
            throw thrown;
          }
        }, options);
      } catch (error) {
        // An error of the tool itself is the tool's own.
        if (!(error instanceof ApprovalError) || error === fault.thrown) {
          throw error;
        }
        const pending = error instanceof ApprovalPendingError;
        return {
          status: pending ? "pending" as const : "denied" as const,
          ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
          message: pending
            ? `The tool was not run yet: somebody has to approve it first. ${error.message} Call it again later with the same arguments.`
            : `The tool was not run: ${error.message}`,
        };
      }
    };
  }

  /** Follows an accepted command until it is carried out or refused. */
  async #settled(answer: Answer, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    if (answer.status < 200 || answer.status >= 300) {
      throw new ApprovalProblemError(answer.status, answer.body);
    }
    if (answer.status !== 202) {
      return answer.body;
    }
    // The address must be the service's own: credentials go with the call.
    if (answer.location === null || !/^\/[^/]/.test(answer.location)) {
      throw new ApprovalProblemError(502, { detail: "The service's answer could not be understood." });
    }
    for (;;) {
      const { status, body } = await this.#send("GET", answer.location, undefined, signal);
      if (status !== 200) {
        throw new ApprovalProblemError(status, body);
      }
      if (body["status"] === "done") {
        return body;
      }
      if (body["status"] !== "pending") {
        throw new ApprovalProblemError(409, isObject(body["problem"]) ? body["problem"] : body);
      }
      await pause(1000, signal);
    }
  }

  async #send(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
    const token = typeof this.#options.token === "string" ? this.#options.token : await this.#options.token();
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: "application/json" };
    if (body !== undefined) {
      headers["content-type"] = "application/json";
      headers["idempotency-key"] = crypto.randomUUID();
    }
    const text = body === undefined ? null : JSON.stringify(body);
    for (let attempt = 0; ; attempt++) {
      const last = attempt >= (this.#options.retries ?? 3);
      try {
        const limit = AbortSignal.timeout(this.#options.timeout ?? 40_000);
        const response = await (this.#options.fetch ?? fetch)(this.#base + path, {
          method, headers, body: text, redirect: "manual", signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
        });
        // 408 is the gate's answer that nobody decided in time, not a fault of the connection.
        if (last || (response.status < 500 && response.status !== 429)) {
          return { status: response.status, body: parse(await response.text()), location: response.headers.get("location") };
        }
        await pause(Math.min(Number(response.headers.get("retry-after")) * 1000 || 0, 30_000) || 250 * 2 ** attempt, signal);
      } catch (error) {
        if (signal?.aborted === true) {
          throw error;
        }
        if (last) {
          throw new ApprovalUnavailableError("APPROVAL_UNAVAILABLE", "The approval service can't be reached.", undefined, { cause: error });
        }
        await pause(250 * 2 ** attempt, signal);
      }
    }
  }
}

function throwUnlessPasses(answer: GateAnswer): void {
  switch (answer.outcome) {
    case "allowed":
      return;
    case "approved":
      if (answer.requestId !== undefined && answer.grant !== undefined) {
        return;
      }
      throw new ApprovalDeniedError("APPROVAL_DENIED", "The grant is for another caller.", answer.requestId);
    case "pending":
      throw new ApprovalPendingError("APPROVAL_PENDING", answer.explanation ?? "The action waits for approval.", answer.requestId);
    case "expired":
    case "grant_expired":
      throw new ApprovalTimeoutError("APPROVAL_TIMEOUT", answer.reason ?? "Nobody decided in time.", answer.requestId);
    default:
      throw new ApprovalDeniedError("APPROVAL_DENIED", answer.reason ?? "The action was not approved.", answer.requestId);
  }
}

/** A "no" of the gate is a problem document with an outcome; every other problem is thrown. */
function answerOf({ status, body }: Answer): GateAnswer {
  const outcome = body["outcome"];
  if (typeof outcome !== "string") {
    throw new ApprovalProblemError(status, body);
  }
  const text = (name: string) => (typeof body[name] === "string" ? { [name]: body[name] as string } : {});
  const passes = outcome === "allowed" || outcome === "approved";
  const grant = body["grant"];
  return {
    // Only a plain 200 lets an action pass, whatever its body says.
    outcome: (outcomes.includes(outcome) && (!passes || status === 200) ? outcome : "unknown") as GateAnswer["outcome"],
    ...text("requestId"), ...text("explanation"), ...text("reason"), ...text("code"),
    ...(isObject(grant) && typeof grant["token"] === "string" ? { grant: grant as unknown as Grant } : {}),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
