package dev.alicorn.engine.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The journal and its tests in a class loader of their own, with a bug or without.
final class PlantedJournal extends ClassLoader {
  private static final String PACKAGE = "dev.alicorn.engine.journal.";

  private final Map<String, byte[]> changed = new HashMap<>();

  /// The journal as it is.
  PlantedJournal() {
    super(PlantedJournal.class.getClassLoader());
  }

  PlantedJournal(PlantedBug bug) throws ClassNotFoundException {
    this();
    changed.put(PACKAGE + bug.owner(), bug.planted(bytes(PACKAGE + bug.owner())));
  }

  /// What is wrong by the power-cut simulator.
  List<?> powerCutViolations(long firstSeed, long images, Path scratch) throws Exception {
    return violations(
        loadClass(PACKAGE + "PowerCutHistory")
            .getMethod("images", long.class, long.class, Path.class),
        firstSeed,
        images,
        scratch);
  }

  /// What is wrong by the flipped bits.
  List<?> bitFlipViolations(long seed, long flips, Path scratch) throws Exception {
    return violations(
        loadClass(PACKAGE + "BitFlips").getMethod("run", long.class, long.class, Path.class),
        seed,
        flips,
        scratch);
  }

  private static List<?> violations(Method harness, Object... arguments) throws Exception {
    try {
      Object tally = harness.invoke(null, arguments);
      return (List<?>) tally.getClass().getMethod("violations").invoke(tally);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = changed.getOrDefault(name, bytes(name));
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] bytes(String name) throws ClassNotFoundException {
    try (InputStream found = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (found == null) {
        throw new ClassNotFoundException(name);
      }
      return found.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
