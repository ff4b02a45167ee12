package aiv1.deploy.aws;

import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;

/// What `cdk` runs, in `deploy/aws`.
public final class LabApp {
    private LabApp() {}

    public static void main(String[] arguments) {
        App app = new App();
        new LabStack(
                app,
                "Aiv1",
                StackProps.builder().description("AiV1: a laboratory for video codecs").build(),
                Settings.read(Path.of("settings.yaml")),
                Path.of("../seccomp.json"));
        app.synth();
    }
}
