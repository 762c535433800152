"use strict";
// What every page does besides being read; each part works alone, and without any of it the edition is whole.
document.documentElement.classList.add("scripted");
