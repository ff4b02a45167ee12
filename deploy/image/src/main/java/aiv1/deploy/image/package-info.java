/// Container images of the lab, put together without a daemon.
@NullMarked
package aiv1.deploy.image;

import org.jspecify.annotations.NullMarked;
