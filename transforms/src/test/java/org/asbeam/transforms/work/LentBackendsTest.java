package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.asbeam.storage.Compression;
import org.junit.jupiter.api.Test;

class LentBackendsTest {
  private final Backends backends = new Simulation(1, Compression.NONE).backends();

  @Test
  void anIdFindsWhatWasLent() throws Exception {
    try (LentBackends.Loan loan = LentBackends.lend(backends)) {
      assertThat(LentBackends.of(loan.id())).isSameAs(backends);
    }
    assertThat(LentBackends.of(LentBackends.REAL)).isInstanceOf(RealBackends.class);
  }

  @Test
  void aProcessThatLendsNothingSaysSoInOneLine() {
    LentBackends.Loan loan = LentBackends.lend(backends);
    loan.close();
    assertThatThrownBy(() -> LentBackends.of(loan.id()))
        .isInstanceOf(WorkException.class)
        .hasMessageContaining("this worker's process lacks what the program passed in")
        .message()
        .doesNotContain("\n");
  }
}
