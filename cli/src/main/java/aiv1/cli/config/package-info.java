/// Settings: flags over environment over one YAML file, each with its source; all problems at once.
@NullMarked
package aiv1.cli.config;

import org.jspecify.annotations.NullMarked;
