/** An action did not pass the gate. It was not executed. */
export class ApprovalError extends Error {
  /** A stable code: APPROVAL_DENIED, APPROVAL_TIMEOUT, APPROVAL_PENDING, or the service's. */
  readonly code: string;
  /** The id of the request, where there is one. */
  readonly requestId: string | undefined;

  constructor(code: string, message: string, requestId?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.requestId = requestId;
  }
}

/** Approval was refused, or the answer is not one that lets an action pass. */
export class ApprovalDeniedError extends ApprovalError {}

/** Nobody decided in time. */
export class ApprovalTimeoutError extends ApprovalError {}

/** Somebody still has to decide. Run the same again later: it finds the same request. */
export class ApprovalPendingError extends ApprovalError {}

/** The service refused the call with a problem document (RFC 9457). */
export class ApprovalProblemError extends ApprovalError {
  /** HTTP status. */
  readonly status: number;
  /** The problem document, as far as there was one. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Readonly<Record<string, unknown>>) {
    const code = typeof problem["code"] === "string" ? problem["code"] : `HTTP_${status}`;
    super(code, typeof problem["detail"] === "string" ? problem["detail"] : code);
    this.status = status;
    this.problem = problem;
  }
}

/** The service could not be reached. The action was not executed. */
export class ApprovalUnavailableError extends ApprovalError {}
