package dev.alicorn.engine.failpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// The agent that puts failpoints into a process: `-javaagent:JAR=FAILPOINT:HIT`, the hit being the
/// one at which it is killed, or with `:hold` behind it stands still until it is interrupted;
/// without a failpoint it only tells what became durable.
///
/// The changed classes are loaded before the program starts, so that a failpoint that is not there
/// ends the process at once.
public final class FailpointAgent {
  private static final ClassDesc RUNTIME = ClassDesc.of(Failpoints.class.getName());
  private static final Place ACKNOWLEDGE = Place.in("journal.Acknowledger", "acknowledge");
  private static final int SEQ_SLOT = 2;
  private static final int CANNOT_START = 70;

  private FailpointAgent() {}

  /// Makes the agent's jar: a manifest alone, the classes are on the class path of the process.
  public static Path makeJar(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Premain-Class"), FailpointAgent.class.getName());
    Path jar = folder.resolve("failpoints.jar");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }

  /// The option of a Java that stands still at a hit of a failpoint.
  public static String holdingAt(Path jar, Failpoint failpoint, int hit) {
    return killedAt(jar, failpoint, hit) + ":hold";
  }

  /// The option of a Java that is killed at a hit of a failpoint.
  public static String killedAt(Path jar, Failpoint failpoint, int hit) {
    return "-javaagent:" + jar + "=" + failpoint + ":" + hit;
  }

  /// Called by the JVM before `main`.
  public static void premain(@Nullable String argument, Instrumentation instrumentation) {
    try {
      List<Change> changes = new ArrayList<>();
      changes.add(new Change(ACKNOWLEDGE, FailpointAgent::tellDurable));
      if (argument != null && !argument.isEmpty()) {
        String[] words = argument.split(":", 3);
        Failpoint failpoint = Failpoint.valueOf(words[0]);
        boolean holds = words.length == 3 && words[2].equals("hold");
        Failpoints.arm(failpoint, Integer.parseInt(words[1]), holds);
        Sigkill.prepare();
        changes.add(new Change(failpoint.place(), builder -> callReached(builder, failpoint)));
      }
      apply(changes, instrumentation);
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(CANNOT_START);
    }
  }

  /// Something put in at a place.
  private record Change(Place place, Consumer<CodeBuilder> inserted) {}

  private static void apply(List<Change> changes, Instrumentation instrumentation)
      throws ClassNotFoundException {
    Transformer transformer = new Transformer(changes);
    instrumentation.addTransformer(transformer);
    for (Change change : changes) {
      Class.forName(change.place().className(), false, ClassLoader.getSystemClassLoader());
    }
    instrumentation.removeTransformer(transformer);
    if (transformer.failure != null) {
      throw new IllegalStateException(transformer.failure);
    }
  }

  private static void tellDurable(CodeBuilder builder) {
    builder
        .lload(SEQ_SLOT)
        .invokestatic(
            RUNTIME, "durable", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long));
  }

  private static void callReached(CodeBuilder builder, Failpoint failpoint) {
    builder
        .loadConstant(failpoint.name())
        .invokestatic(
            RUNTIME, "reached", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String));
  }

  /// Changes classes as they are loaded. The JVM keeps a transformer's exceptions to itself.
  private static final class Transformer implements ClassFileTransformer {
    private final List<Change> changes;
    private @Nullable RuntimeException failure;

    Transformer(List<Change> changes) {
      this.changes = changes;
    }

    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String className,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] classFile) {
      byte @Nullable [] changed = null;
      try {
        for (Change change : changes) {
          if (change.place().className().equals(className.replace('/', '.'))) {
            changed =
                change.place().insert(changed == null ? classFile : changed, change.inserted());
          }
        }
      } catch (RuntimeException e) {
        failure = e;
      }
      return changed;
    }
  }
}
