package uk.progressstream.gateway;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code PS_GATEWAY_PACE_…}: how slow a client or a service may be. */
public interface PaceSettings {
  /** Longest time of a TLS handshake. */
  @WithDefault("PT5S")
  Duration handshake();

  /** Longest time from a connection's begin to its first whole request head. */
  @WithDefault("PT10S")
  Duration head();

  /** Longest time from an answer to the next whole request head on the same connection. */
  @WithDefault("PT60S")
  Duration keepAlive();

  /** Longest time of a request's body, uploads aside. */
  @WithDefault("PT60S")
  Duration body();

  /** Least rate of the body of an ordinary request. */
  @WithDefault("1024")
  long bodyBytesPerSecond();

  /** Longest time of an upload. */
  @WithDefault("PT2H")
  Duration upload();

  /** Least bytes a second of an upload. */
  @WithDefault("8192")
  long uploadBytesPerSecond();

  /** Least bytes a second that a client takes of an answer that waits for it. */
  @WithDefault("2048")
  long answerBytesPerSecond();

  /** No rate is looked at before this. */
  @WithDefault("PT10S")
  Duration grace();

  /** Rates are means over so long. */
  @WithDefault("PT30S")
  Duration window();

  /** Longest time from a whole request to the begin of the service's answer. */
  @WithDefault("PT60S")
  Duration service();

  /** The same for an upload, whose last rows are still being worked on. */
  @WithDefault("PT10M")
  Duration serviceAfterUpload();

  /** Longest silence of a service in mid-answer. */
  @WithDefault("PT2M")
  Duration silence();

  /** Longest time of an answer. */
  @WithDefault("PT2H")
  Duration answer();

  /**
   * How long we go on reading a body after its request was answered, and how long a client has to
   * take what is left of a closing connection.
   */
  @WithDefault("PT5S")
  Duration rest();

  /** How often all of this is looked at. */
  @WithDefault("PT1S")
  Duration look();
}
