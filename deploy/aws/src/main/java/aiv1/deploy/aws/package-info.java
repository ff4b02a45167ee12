/// The lab on AWS, as code.
@NullMarked
package aiv1.deploy.aws;

import org.jspecify.annotations.NullMarked;
