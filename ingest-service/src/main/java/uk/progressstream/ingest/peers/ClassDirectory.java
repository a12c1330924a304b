package uk.progressstream.ingest.peers;

import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.contracts.identity.ClassesReply;
import uk.progressstream.contracts.identity.ClassesRequest;
import uk.progressstream.contracts.identity.Directory;
import uk.progressstream.contracts.identity.DirectoryClient;
import uk.progressstream.ingest.kind.SchoolClasses;
import uk.progressstream.platform.access.Caller;

/** The classes of a school, from identity. */
@ApplicationScoped
public class ClassDirectory {
  private final Directory identity;
  private final PeerCalls calls;

  ClassDirectory(@GrpcClient("identity") Directory identity, PeerCalls calls) {
    this.identity = identity;
    this.calls = calls;
  }

  /** The classes of one school that the caller's scope covers; blocks. */
  SchoolClasses classes(Caller caller, UUID school) {
    DirectoryClient client = CallerClient.of(DirectoryClient.class, identity, caller);
    ClassesRequest request = ClassesRequest.newBuilder().setSchool(school.toString()).build();
    return schoolClasses(calls.ask("identity", client.classes(request)));
  }

  private static SchoolClasses schoolClasses(ClassesReply reply) {
    Map<String, String> idByCode = new HashMap<>();
    Set<String> subjects = new HashSet<>();
    reply
        .getClassesList()
        .forEach(
            each -> {
              idByCode.put(each.getCode(), each.getId());
              subjects.add(each.getSubject());
            });
    return new SchoolClasses(idByCode, subjects);
  }
}
