package dev.alicorn.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// The shape of the code: which module, package and foreign name may know which.
@AnalyzeClasses(packages = "dev.alicorn", importOptions = ArchitectureTest.ProductionCode.class)
class ArchitectureTest {
  private static final String[] REPLAYED = {
    "dev.alicorn.engine.replay..",
    "dev.alicorn.engine.dataset..",
    "dev.alicorn.engine.judge..",
    "dev.alicorn.engine.filter..",
    "dev.alicorn.engine.quality..",
    "dev.alicorn.engine.transfer..",
    "dev.alicorn.engine.anchor..",
    "dev.alicorn.engine.format..",
    "dev.alicorn.engine.validate..",
    "dev.alicorn.engine.report..",
    "dev.alicorn.engine.prompt..",
    "dev.alicorn.engine.explain.."
  };

  /// What protoc writes.
  private static final String GENERATED = "dev.alicorn.protocol.wire..";

  /// Everything but tests, which come as folders of classes and as engine's test-jar.
  static final class ProductionCode implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static void everyModuleIsLookedAt(JavaClasses code) {
    assertThat(List.of("protocol", "config", "engine", "gpuworker", "gateway"))
        .allSatisfy(module -> assertThat(code.containPackage("dev.alicorn." + module)).isTrue());
  }

  @ArchTest
  static final ArchRule modulesKnowEachOtherOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.alicorn..")
          .layer("protocol")
          .definedBy("dev.alicorn.protocol..")
          .layer("config")
          .definedBy("dev.alicorn.config..")
          .layer("engine")
          .definedBy("dev.alicorn.engine..")
          .layer("gpu-worker")
          .definedBy("dev.alicorn.gpuworker..")
          .layer("gateway")
          .definedBy("dev.alicorn.gateway..")
          .ensureAllClassesAreContainedInArchitecture()
          .whereLayer("protocol")
          .mayNotAccessAnyLayer()
          .whereLayer("config")
          .mayOnlyAccessLayers("protocol")
          .whereLayer("engine")
          .mayOnlyAccessLayers("config", "protocol")
          .whereLayer("gpu-worker")
          .mayOnlyAccessLayers("config", "protocol")
          .whereLayer("gateway")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule enginePackagesHaveNoCycles =
      slices().matching("dev.alicorn.engine.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule replayCannotCall =
      noClasses()
          .that()
          .resideInAnyPackage(REPLAYED)
          .should()
          .transitivelyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.alicorn.engine.llm..",
              "dev.alicorn.engine.encoder..",
              "dev.alicorn.engine.step..",
              "dev.alicorn.engine.job..",
              "org.apache.pekko..")
          .because("a dataset is made from the journal alone");

  @ArchTest
  static final ArchRule chronicleStaysInJournal =
      onlyIn("net.openhft..", "dev.alicorn.engine.journal..");

  @ArchTest
  static final ArchRule parquetStaysWithItsReadersAndWriters =
      onlyIn(
          "org.apache.parquet..",
          "dev.alicorn.engine.dataset..",
          "dev.alicorn.engine.parquet..",
          "dev.alicorn.engine.format..");

  @ArchTest
  static final ArchRule hadoopStaysInDatasets =
      onlyIn("org.apache.hadoop..", "dev.alicorn.engine.dataset..");

  @ArchTest
  static final ArchRule snappyStaysWithParquet =
      onlyIn("org.xerial.snappy..", "dev.alicorn.engine.parquet..");

  @ArchTest
  static final ArchRule onnxRuntimeStaysInItsBackend =
      onlyIn("ai.onnxruntime..", "dev.alicorn.gpuworker.onnx..");

  @ArchTest
  static final ArchRule djlStaysInTokenizers =
      onlyIn("ai.djl..", "dev.alicorn.gpuworker.tokenize..");

  @ArchTest
  static final ArchRule tensorRtStaysInItsBackend =
      onlyIn("org.bytedeco..", "dev.alicorn.gpuworker.tensorrt..");

  @ArchTest
  static final ArchRule llamaStaysInItsServer =
      onlyIn("de.kherud..", "dev.alicorn.gpuworker.llama..");

  @ArchTest
  static final ArchRule hoconStaysInConfigAndWherePekkoIsConfigured =
      onlyIn("com.typesafe.config..", "dev.alicorn.config..", "dev.alicorn.gpuworker.cluster..");

  @ArchTest
  static final ArchRule clusterStaysWithEncoderWorkers =
      onlyIn("org.apache.pekko.cluster..", "dev.alicorn.gpuworker.cluster..");

  @ArchTest
  static final ArchRule protobufStaysInItsFormats =
      onlyIn(
          "com.google.protobuf..",
          "dev.alicorn.protocol..",
          "dev.alicorn.gpuworker.tensorrt.graph..");

  @ArchTest
  static final ArchRule commandLineStaysInGateway = onlyIn("picocli..", "dev.alicorn.gateway..");

  @ArchTest
  static final ArchRule routesStayInGateway =
      onlyIn("org.apache.pekko.http.javadsl.server..", "dev.alicorn.gateway..");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .that()
          .resideOutsideOfPackage(GENERATED)
          .should()
          .haveNameMatching(".*[.$](Abstract[A-Z]\\w*|\\w*(Utils?|Helpers?|Impl))");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that()
          .resideOutsideOfPackage(GENERATED)
          .should(
              new ArchCondition<>("reside in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  events.add(
                      new SimpleConditionEvent(
                          type,
                          type.getPackage().isAnnotatedWith(NullMarked.class),
                          type.getPackageName() + " has no package-info.java with @NullMarked"));
                }
              });

  private static ArchRule onlyIn(String foreign, String... homes) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(foreign);
  }
}
