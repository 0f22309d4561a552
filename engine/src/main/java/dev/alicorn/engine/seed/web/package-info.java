/// Rules for captions that were collected from the web, each by itself.
@NullMarked
package dev.alicorn.engine.seed.web;

import org.jspecify.annotations.NullMarked;
