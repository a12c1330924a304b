package uk.progressstream.ingest.upload;

import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import uk.progressstream.contracts.grades.GradesIntakeGrpc;
import uk.progressstream.contracts.grades.StoreGradesReply;
import uk.progressstream.contracts.grades.StoreGradesRequest;
import uk.progressstream.contracts.sensitive.SensitiveIntakeGrpc;
import uk.progressstream.contracts.sensitive.StoreSensitiveReply;
import uk.progressstream.contracts.sensitive.StoreSensitiveRequest;

/** Grades and sensitive: keep what they are sent, and call nothing unchanged. */
final class FakeStores {
  final List<StoreGradesRequest> grades = new CopyOnWriteArrayList<>();
  final List<StoreSensitiveRequest> sensitive = new CopyOnWriteArrayList<>();
  final AtomicLong gradeRows = new AtomicLong();
  volatile boolean keeps = true;
  private volatile CountDownLatch open = new CountDownLatch(0);

  /** Answers nothing until {@link #unblock()}. */
  void block() {
    open = new CountDownLatch(1);
  }

  void unblock() {
    open.countDown();
  }

  private void awaitOpen() {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  BindableService grades() {
    return new GradesIntakeGrpc.GradesIntakeImplBase() {
      @Override
      public void store(StoreGradesRequest request, StreamObserver<StoreGradesReply> answer) {
        awaitOpen();
        gradeRows.addAndGet(request.getRowsCount());
        if (keeps) {
          grades.add(request);
        }
        answer.onNext(StoreGradesReply.newBuilder().setStored(request.getRowsCount()).build());
        answer.onCompleted();
      }
    };
  }

  BindableService sensitive() {
    return new SensitiveIntakeGrpc.SensitiveIntakeImplBase() {
      @Override
      public void store(StoreSensitiveRequest request, StreamObserver<StoreSensitiveReply> answer) {
        sensitive.add(request);
        answer.onNext(StoreSensitiveReply.newBuilder().setStored(request.getRowsCount()).build());
        answer.onCompleted();
      }
    };
  }
}
