package aiv1.cluster.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {
    @Test
    void an_address_is_host_port_and_namespace() {
        assertThat(ClusterAddress.parse("temporal://queue:7000/aiv1"))
                .isEqualTo(new ClusterAddress("queue", 7000, "aiv1"))
                .hasToString("temporal://queue:7000/aiv1");
        assertThat(ClusterAddress.parse("temporal://queue/aiv1").port()).isEqualTo(7233);
        assertThat(ClusterAddress.parse("temporals://queue/aiv1"))
                .isEqualTo(new ClusterAddress("queue", 7233, "aiv1", true))
                .hasToString("temporals://queue:7233/aiv1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue:7233",
                "http://queue:7233/aiv1",
                "temporal://queue:7233",
                "temporal://queue:7233/",
                "temporal://queue:7233/a/b",
                "temporal://me@queue:7233/aiv1",
                "temporal://queue:7233/aiv1?x=1",
                "temporal:// queue/aiv1"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> ClusterAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cluster: expected temporal://HOST:PORT/NAMESPACE, or temporals:// with TLS, got '%s'",
                        text);
    }
}
