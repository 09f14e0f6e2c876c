package dev.chasqui.engine.backend.cuda;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs the tests that need a device, without Maven: for machines that have a GPU and no JDK. Ends
 * with 1 where a test fails and with 2 where all are skipped.
 */
final class DeviceTests {

  private static final List<Class<?>> ALL =
      List.of(
          CudaBackendProviderTests.class,
          CudaProjectionTests.class,
          CudaSequenceTests.class,
          CudaGoldenTests.class,
          CudaAdapterGoldenTests.class,
          CudaGoldenFolderTests.class);

  private DeviceTests() {}

  /**
   * Runs tests.
   *
   * @param names simple names of test classes; none for all
   */
  public static void main(String[] names) {
    List<Class<?>> chosen =
        ALL.stream()
            .filter(type -> names.length == 0 || List.of(names).contains(type.getSimpleName()))
            .toList();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(chosen.stream().map(type -> selectClass(type)).toList())
                .build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.out, true), 20);
    System.out.printf(
        "%d passed, %d failed, %d skipped, of %s%n",
        summary.getTestsSucceededCount(),
        summary.getTotalFailureCount(),
        summary.getTestsAbortedCount() + summary.getTestsSkippedCount(),
        Stream.of(chosen).map(Object::toString).toList());
    System.exit(summary.getTotalFailureCount() > 0 ? 1 : passedAny(summary) ? 0 : 2);
  }

  private static boolean passedAny(TestExecutionSummary summary) {
    return summary.getTestsSucceededCount() > 1;
  }
}
