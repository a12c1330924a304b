package uk.progressstream.audit.witness;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import uk.progressstream.audit.witness.AlarmRepository.Alarm;
import uk.progressstream.contracts.audit.ListAlarmsReply;
import uk.progressstream.contracts.audit.ListAlarmsRequest;
import uk.progressstream.contracts.audit.LogAlarms;
import uk.progressstream.platform.database.ScopedDatabase;

/** The log's alarms as breach asks for them: that there are some, and since when. */
@GrpcService
public class LogAlarmsGrpc implements LogAlarms {
  private final ScopedDatabase database;
  private final AlarmRepository repository;

  LogAlarmsGrpc(ScopedDatabase database, AlarmRepository repository) {
    this.database = database;
    this.repository = repository;
  }

  @Override
  @RolesAllowed("peer:breach")
  public Uni<ListAlarmsReply> list(ListAlarmsRequest request) {
    return database.withoutScope(repository::all).map(LogAlarmsGrpc::reply);
  }

  private static ListAlarmsReply reply(List<Alarm> alarms) {
    return ListAlarmsReply.newBuilder()
        .addAllAlarms(alarms.stream().map(LogAlarmsGrpc::message).toList())
        .build();
  }

  private static uk.progressstream.contracts.audit.Alarm message(Alarm alarm) {
    return uk.progressstream.contracts.audit.Alarm.newBuilder()
        .setId(alarm.id().toString())
        .setRaisedAt(alarm.raisedAt().toString())
        .build();
  }
}
