package uk.progressstream.gateway;

/** Ends the reading of a request: what it shall be answered. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient GatewayProblem problem;

  Refused(GatewayProblem problem) {
    super(problem.slug(), null, false, false);
    this.problem = problem;
  }

  GatewayProblem problem() {
    return problem;
  }
}
