package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InfoTextTest {
  @Test
  void splitsAtTheFirstEqualsSign() {
    assertThat(InfoText.pairs("type=LUA;content=YQ==;", ';'))
        .containsExactly(Map.entry("type", "LUA"), Map.entry("content", "YQ=="));
  }

  @Test
  void lowersKeysAndLeavesOutWhatIsNoPair() {
    assertThat(InfoText.pairs("A=1;;b;=c;D=", ';'))
        .containsExactly(Map.entry("a", "1"), Map.entry("d", ""));
  }

  @Test
  void readsObjects() {
    assertThat(InfoText.objects("a=1:b=2;a=3:b=4;", ':'))
        .containsExactly(Map.of("a", "1", "b", "2"), Map.of("a", "3", "b", "4"));
    assertThat(InfoText.objects("", ':')).isEmpty();
  }

  @Test
  void readsNumbers() {
    assertThat(InfoText.number(Map.of("a", "12"), "a", 5)).isEqualTo(12);
    assertThat(InfoText.number(Map.of("a", "x"), "a", 5)).isEqualTo(5);
    assertThat(InfoText.number(Map.of(), "a", 5)).isEqualTo(5);
  }

  @Test
  void takesOnlyTheStartForAnError() {
    assertThat(InfoClient.isError("ERROR:4:x")).isTrue();
    assertThat(InfoClient.isError("error=not_found")).isTrue();
    assertThat(InfoClient.isError("FAIL:201:x")).isTrue();
    assertThat(InfoClient.isError("indexname=i:state=ERROR")).isFalse();
    assertThat(InfoClient.errorCode("ERROR:201:no index")).isEqualTo(201);
    assertThat(InfoClient.errorCode("error=x")).isEqualTo(1);
  }
}
