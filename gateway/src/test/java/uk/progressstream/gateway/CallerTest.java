package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {
  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "::ffff:192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, 192.0.2.1, true"
  })
  @DisplayName("A network of IPv6 is one caller, an address of IPv4 is one, however it is written")
  void network(String one, String other, boolean same) {
    assertThat(network(one).equals(network(other))).isEqualTo(same);
  }

  private static String network(String address) {
    return Caller.network(SocketAddress.inetSocketAddress(443, address));
  }
}
