package uk.progressstream.ingest.upload;

import io.grpc.stub.StreamObserver;
import uk.progressstream.contracts.identity.ClassesReply;
import uk.progressstream.contracts.identity.ClassesRequest;
import uk.progressstream.contracts.identity.DirectoryGrpc;
import uk.progressstream.contracts.identity.SchoolClass;

/** Identity's directory: every school has the classes 10A/Ma1 and 10A/Po1. */
final class FakeDirectory extends DirectoryGrpc.DirectoryImplBase {
  static final String MATHS = "c0000000-0000-4000-8000-000000000001";
  static final String PORTUGUESE = "c0000000-0000-4000-8000-000000000002";

  @Override
  public void classes(ClassesRequest request, StreamObserver<ClassesReply> answer) {
    answer.onNext(
        ClassesReply.newBuilder()
            .addClasses(schoolClass(MATHS, "10A/Ma1", "Mathematics"))
            .addClasses(schoolClass(PORTUGUESE, "10A/Po1", "Portuguese"))
            .build());
    answer.onCompleted();
  }

  private static SchoolClass schoolClass(String id, String code, String subject) {
    return SchoolClass.newBuilder()
        .setId(id)
        .setCode(code)
        .setSubject(subject)
        .setYearGroup("10")
        .build();
  }
}
