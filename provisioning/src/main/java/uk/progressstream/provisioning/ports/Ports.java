package uk.progressstream.provisioning.ports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of 127.0.0.1. A port chosen by the kernel does not suit a program that listens later:
 * it lies in the range for outgoing connections, so one of them may take it first.
 */
public final class Ports {
  private static final int LOWEST = 16_384;

  /** Leaves the choice to the kernel. */
  private static final int ANY = 0;

  /** Where the kernel tells no range, as outside Linux; elsewhere it begins no lower. */
  private static final int OUTGOING_FROM = 32_768;

  private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int RANGE_BYTES_MAX = 64;
  private static final int TRIES_MAX = 1_000;

  private Ports() {}

  /**
   * So many ports that nobody listens on; all different. No outgoing connection will take one,
   * unless the machine lets outgoing connections have nearly all ports: then the kernel chooses.
   *
   * @throws IllegalStateException where there are not so many
   */
  public static List<Integer> free(int count) {
    int end = outgoingFrom();
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int tries = 0; sockets.size() < count && tries < TRIES_MAX; tries++) {
        int port = end > LOWEST ? ThreadLocalRandom.current().nextInt(LOWEST, end) : ANY;
        tryOne(port, sockets);
      }
      if (sockets.size() < count) {
        throw new IllegalStateException("too few free ports from " + LOWEST + " to " + end);
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      sockets.forEach(Ports::close);
    }
  }

  /** One such port. */
  public static int free() {
    return free(1).get(0);
  }

  /** Whether somebody could listen on it now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = listen(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static void tryOne(int port, List<ServerSocket> sockets) {
    try {
      sockets.add(listen(port));
    } catch (IOException taken) {
      // The next one, then.
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return socket;
    } catch (IOException e) {
      close(socket);
      throw e;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Must be one read: the kernel returns this file's content only to the first. */
  private static int outgoingFrom() {
    try (InputStream range = Files.newInputStream(OUTGOING)) {
      String text = new String(range.readNBytes(RANGE_BYTES_MAX), StandardCharsets.US_ASCII);
      return Integer.parseInt(text.trim().split("\\s+")[0]);
    } catch (NoSuchFileException e) {
      return OUTGOING_FROM;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
