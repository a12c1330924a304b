package uk.progressstream.provisioning.postgres;

import java.nio.file.Path;

/** What the server reads at its start. */
final class ServerFiles {
  private static final int CONNECTIONS_MAX = 150;

  private ServerFiles() {}

  /**
   * Who may connect, and how; the first line that fits decides. Nobody without TLS and a
   * certificate of our authority; the superuser only with a certificate that names it, which no
   * service has.
   */
  static String hostBasedAuthentication() {
    return """
        # TYPE  DATABASE  USER  ADDRESS       METHOD
        hostssl all       %s    127.0.0.1/32  scram-sha-256 clientcert=verify-full
        hostssl all       all   127.0.0.1/32  scram-sha-256 clientcert=verify-ca
        """
        .formatted(Superuser.NAME);
  }

  /**
   * Settings. Messages of level ERROR stay out of the server's log: their text may quote a row's
   * value; the service that caused one reports it without.
   */
  static String configuration(Path tls, int port, boolean durable) {
    return """
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        port = %d
        max_connections = %d
        ssl = on
        ssl_min_protocol_version = 'TLSv1.3'
        ssl_cert_file = '%s'
        ssl_key_file = '%s'
        ssl_ca_file = '%s'
        password_encryption = 'scram-sha-256'
        row_security = on

        log_min_messages = 'log'
        log_min_error_statement = 'panic'
        log_error_verbosity = 'terse'
        log_statement = 'none'
        log_min_duration_statement = -1
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_checkpoints = off
        log_autovacuum_min_duration = -1
        log_line_prefix = '%%m [%%p] '
        log_timezone = 'UTC'
        timezone = 'UTC'

        shared_buffers = '64MB'
        work_mem = '4MB'
        maintenance_work_mem = '32MB'
        wal_buffers = '4MB'
        max_wal_size = '512MB'
        wal_level = 'minimal'
        max_wal_senders = 0
        max_worker_processes = 4
        autovacuum_max_workers = 2
        io_method = 'sync'
        jit = off
        fsync = %6$s
        synchronous_commit = %6$s
        full_page_writes = %6$s
        """
        .formatted(
            port,
            CONNECTIONS_MAX,
            quoted(tls.resolve("server.crt")),
            quoted(tls.resolve("server.key")),
            quoted(tls.resolve("ca.crt")),
            durable ? "on" : "off");
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "''");
  }
}
