// How the page in a client's zip looks: on a phone, on a desk, in the dark and on paper. Nothing is loaded from anywhere.

export const pageStyle = `
:root{color-scheme:light dark;--page:#f3f6f7;--card:#fff;--text:#17262e;--quiet:#4c5d66;--line:#d5dee2;--rate:#17647f;--limit:#8a5200}
@media (prefers-color-scheme:dark){:root{--page:#10191d;--card:#18242a;--text:#e8f0f3;--quiet:#a9bac2;--line:#34464f;--rate:#79c6e0;--limit:#f3b763}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:46rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .75rem}h3{font-size:1.05rem;margin:0}
a{color:var(--rate)}a:focus-visible,summary:focus-visible{outline:3px solid var(--limit);outline-offset:2px}
nav ul{padding-left:1.25rem}nav a{display:inline-block;padding:.2rem 0}
article,.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem;margin:0 0 1rem}
summary{cursor:pointer;padding:.6rem 0;font-weight:600}
article p{margin:.35rem 0}.verdict{font-weight:600}.quiet,figcaption,footer{color:var(--quiet);font-size:.9rem}
figure{margin:.75rem 0}figcaption{margin-top:.35rem}svg{display:block;width:100%;max-width:34rem;height:auto}
svg text{fill:var(--quiet);font:13px system-ui,sans-serif}svg text.limit{fill:var(--limit);paint-order:stroke;stroke:var(--card);stroke-width:5px}
.grid{stroke:var(--line)}.rate{fill:none;stroke:var(--rate);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
line.limit{stroke:var(--limit);stroke-width:1.5;stroke-dasharray:6 4}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.25rem 1rem;margin:0}dt{color:var(--quiet)}dd{margin:0;white-space:pre-line}
ul.plain{list-style:none}ul.plain li{margin:0 0 .75rem;white-space:pre-line}ul.plain li:last-child{margin:0}
.told{white-space:pre-line}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}svg text{font-size:17px}}
@media print{:root{--page:#fff;--card:#fff;--text:#000;--quiet:#333;--line:#bbb;--rate:#000;--limit:#555}article,.card{break-inside:avoid}nav{display:none}details::details-content{content-visibility:visible;height:auto}}
`.trim()
