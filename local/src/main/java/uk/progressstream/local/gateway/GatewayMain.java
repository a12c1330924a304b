package uk.progressstream.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The gateway's process. */
public final class GatewayMain {
  private static final int CANNOT_LISTEN = 1;

  private GatewayMain() {}

  /** Runs until it is stopped; says so once it listens. */
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
    vertx
        .deployVerticle(new Gateway(GatewaySettings.of(System.getenv())))
        .onSuccess(id -> System.out.println("gateway listens"))
        .onFailure(
            failure -> {
              System.err.println("gateway cannot listen: " + failure.getMessage());
              System.exit(CANNOT_LISTEN);
            });
  }
}
