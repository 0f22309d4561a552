package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of control groups as Linux writes them, in both versions.
class ControlGroupsIT {
  private static final ControlGroups FREE =
      new ControlGroups(OptionalDouble.empty(), OptionalLong.empty());

  @TempDir private Path folder = Path.of("");

  @Test
  void theTightestLimitOnTheWayToTheRootHolds() throws IOException {
    group("0::/system.slice/alicorn.service\n");
    limit("system.slice/alicorn.service/cpu.max", "max 100000\n");
    limit("system.slice/alicorn.service/memory.max", "8000000000\n");
    limit("system.slice/cpu.max", "150000 100000\n");
    limit("system.slice/memory.max", "4000000000\n");

    assertThat(read())
        .isEqualTo(new ControlGroups(OptionalDouble.of(1.5), OptionalLong.of(4_000_000_000L)));
  }

  @Test
  void aContainerSeesItsOwnGroupAtTheRoot() throws IOException {
    group("0::/../../kubepods/pod17\n");
    limit("cpu.max", "50000 100000\n");
    limit("memory.max", "max\n");

    assertThat(read()).isEqualTo(new ControlGroups(OptionalDouble.of(0.5), OptionalLong.empty()));
  }

  @Test
  void versionOneHasAFileSystemForEachController() throws IOException {
    group("9:name=systemd:/\n4:memory:/docker/1f\n2:cpu,cpuacct:/docker/1f\n0::/\n");
    limit("memory/memory.limit_in_bytes", "9223372036854771712\n");
    limit("memory/docker/1f/memory.limit_in_bytes", "2147483648\n");
    limit("cpu/docker/1f/cpu.cfs_quota_us", "300000\n");
    limit("cpu/docker/1f/cpu.cfs_period_us", "100000\n");

    assertThat(read())
        .isEqualTo(new ControlGroups(OptionalDouble.of(3), OptionalLong.of(2_147_483_648L)));
  }

  @Test
  void noLimitIsNone() throws IOException {
    group("4:memory:/\n1:cpu:/\n0::/\nnonsense\n");
    limit("memory/memory.limit_in_bytes", "9223372036854771712\n");
    limit("cpu/cpu.cfs_quota_us", "-1\n");
    limit("cpu/cpu.cfs_period_us", "100000\n");
    limit("cpu.max", "max 100000\n");

    assertThat(read()).isEqualTo(FREE);
  }

  @Test
  void aSystemWithoutGroupsHasNoLimit() {
    assertThat(read()).isEqualTo(FREE);
  }

  private ControlGroups read() {
    return ControlGroups.of(folder.resolve("membership"), folder.resolve("mount"));
  }

  private void group(String lines) throws IOException {
    Files.writeString(folder.resolve("membership"), lines);
  }

  private void limit(String file, String text) throws IOException {
    Path path = folder.resolve("mount").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
