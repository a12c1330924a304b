package uk.progressstream.gateway;

import io.smallrye.config.WithDefault;

/**
 * {@code PS_GATEWAY_PLACES_…}: how many may be in at once. An address is an IPv4 address or an IPv6
 * network of 64 bits; an account is a token's subject together with the address, since nobody here
 * has verified the token.
 */
public interface PlaceSettings {
  /** Connections. */
  @WithDefault("4096")
  int connections();

  /** Connections of an address. */
  @WithDefault("1024")
  int connectionsPerAddress();

  /** Requests at once on one connection of HTTP/2. */
  @WithDefault("64")
  int streams();

  /** Requests that a service works on, all services together. */
  @WithDefault("512")
  int work();

  /** Requests that one service works on. */
  @WithDefault("192")
  int workPerService();

  /** Requests of one address that one service works on. */
  @WithDefault("96")
  int workPerAddress();

  /** Requests of one account that one service works on. */
  @WithDefault("48")
  int workPerAccount();

  /** Requests of one address whose last byte is still to come. */
  @WithDefault("256")
  int unfinishedPerAddress();

  /** Uploads. */
  @WithDefault("64")
  int uploads();

  /** Uploads of an address. */
  @WithDefault("16")
  int uploadsPerAddress();

  /** Uploads of an account. */
  @WithDefault("8")
  int uploadsPerAccount();

  /** Answers that wait for their clients. */
  @WithDefault("512")
  int answers();

  /** Answers of one service that wait for their clients. */
  @WithDefault("256")
  int answersPerService();

  /** Answers that wait for clients of one address. */
  @WithDefault("128")
  int answersPerAddress();

  /** Answers that wait for one account. */
  @WithDefault("64")
  int answersPerAccount();

  /**
   * Bytes of heads and bodies of requests whose last byte is still to come. An address that has 16
   * of them or fewer is not counted by their heads and the first 8 KiB of each.
   */
  @WithDefault("16777216")
  int bodyBytes();

  /** Those of one address: one body of the largest size. */
  @WithDefault("2097152")
  int bodyBytesPerAddress();
}
