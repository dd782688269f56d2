package org.asbeam.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultRulesTest {
  private static ProxyRequest request(long number, String method, String path, String body) {
    return new ProxyRequest(number, method, path, Map.of(), body);
  }

  private static List<Fault> decisions(FaultRules rules) {
    return LongStream.range(0, 10_000)
        .mapToObj(n -> rules.decide(request(n, "GET", "/", "")))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void randomFaultsKeepTheirShares(Dialect dialect) {
    List<Fault> faults = decisions(FaultyProxy.randomly(dialect, 7, 0.2, 0.1));
    assertThat(faults).isEqualTo(decisions(FaultyProxy.randomly(dialect, 7, 0.2, 0.1)));
    assertThat(faults).isNotEqualTo(decisions(FaultyProxy.randomly(dialect, 8, 0.2, 0.1)));
    assertThat(faults.stream().filter(Fault.PASS::equals)).hasSizeBetween(6_800, 7_200);
    assertThat(faults.stream().filter(dialect.throttled()::equals)).hasSizeBetween(900, 1_100);
    assertThat(faults.stream().filter(dialect.broken()::equals)).hasSizeBetween(400, 600);
    assertThat(faults.stream().filter(Fault.dropRequest()::equals)).hasSizeBetween(400, 600);
    assertThat(faults.stream().filter(Fault.dropResponse()::equals)).hasSizeBetween(400, 600);
    assertThat(faults.stream().filter(f -> f instanceof Fault.CutResponse))
        .hasSizeBetween(400, 600);
  }

  @ParameterizedTest
  @EnumSource
  void deletesAreDenied(Dialect dialect) {
    FaultRules rules = FaultyProxy.denyDeletes(dialect);
    assertThat(rules.decide(request(0, "DELETE", "/b/x", ""))).isEqualTo(dialect.denied());
    assertThat(rules.decide(request(0, "PUT", "/b/x", ""))).isEqualTo(Fault.PASS);
    assertThat(rules.decide(request(0, "POST", "/b/delete?uploads", ""))).isEqualTo(Fault.PASS);
  }

  @Test
  void eachKeyOfAnS3BulkDeleteIsDenied() {
    String body =
        "<Delete><Object><Key>a/1</Key></Object><Object><Key>a&amp;2</Key></Object></Delete>";
    Fault fault = FaultyProxy.denyDeletes(Dialect.S3).decide(request(0, "POST", "/b?delete", body));
    assertThat(fault).isInstanceOf(Fault.Status.class);
    Fault.Status status = (Fault.Status) fault;
    assertThat(status.code()).isEqualTo(200);
    assertThat(status.body())
        .contains("<Error><Key>a/1</Key><Code>AccessDenied</Code>")
        .contains("<Error><Key>a&amp;2</Key><Code>AccessDenied</Code>");
  }

  @Test
  void eachPartOfAGcsBatchIsDenied() {
    String part =
        "--x\r\nContent-Type: application/http\r\n\r\nDELETE http://h/storage/v1/b/b/o/y HTTP/1.1"
            + "\r\n\r\n\r\n";
    FaultRules rules = FaultyProxy.denyDeletes(Dialect.GCS);
    String path = "/batch/storage/v1";
    Fault fault = rules.decide(request(0, "POST", path, part + part + "--x--"));
    assertThat(((Fault.Status) fault).code()).isEqualTo(200);
    assertThat(((Fault.Status) fault).body().split("HTTP/1.1 403 Forbidden", -1)).hasSize(3);
    assertThat(rules.decide(request(0, "POST", path, part.replace("DELETE", "GET"))))
        .isEqualTo(Fault.PASS);
  }

  @Test
  void rulesAddUp() {
    FaultRules rules =
        FaultyProxy.denyDeletes(Dialect.AZURE)
            .or(request -> request.number() == 1 ? Fault.hang() : Fault.PASS);
    assertThat(rules.decide(request(1, "DELETE", "/", ""))).isEqualTo(Dialect.AZURE.denied());
    assertThat(rules.decide(request(1, "GET", "/", ""))).isEqualTo(Fault.hang());
    assertThat(rules.decide(request(2, "GET", "/", ""))).isEqualTo(Fault.PASS);
  }
}
