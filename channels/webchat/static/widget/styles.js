/* Design tokens and styles. Everything that a host page could change is set again here. */
export const css = `
.panel,.panel *{box-sizing:border-box;font:inherit;color:inherit;margin:0;padding:0;letter-spacing:normal;text-align:start;min-width:0}
.panel{--ink:#1b1f24;--soft:#505a66;--paper:#fff;--wash:#f1f4f8;--line:#7b8794;--main:#17457a;--on-main:#fff;--head:#17457a;--mine:#dfeaf6;--alert:#8a1420;--alert-wash:#fdecee;
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--paper);display:flex;flex-direction:column;
width:min(400px,calc(100vw - 32px));height:min(680px,calc(100vh - 32px));height:min(680px,calc(100dvh - 32px));border:1px solid var(--line);border-radius:12px;overflow:hidden;box-shadow:0 8px 32px #0006;overflow-wrap:anywhere}
:host([data-colour=vert]) .panel{--main:#1a5632;--head:#1a5632;--mine:#dff0e5}
:host([data-colour=violet]) .panel{--main:#54307d;--head:#54307d;--mine:#ece2f7}
:host([data-colour=noir]) .panel{--main:#1d1d1f;--head:#1d1d1f;--mine:#e7e7ea}
.badge{display:inline-block;min-width:1.5em;margin-inline-start:10px;padding:0 6px;border-radius:1em;background:#fff;color:#17457a;text-align:center}
.wait{margin-bottom:8px;border:1px solid #17457a;border-radius:12px;box-shadow:0 2px 10px #0005;cursor:pointer;overflow-wrap:anywhere}
.wait:empty{border:0;margin:0}
.panel[hidden],.panel [hidden]{display:none!important}
.sr{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.panel :focus-visible{outline:3px solid var(--main);outline-offset:2px}
.head{display:grid;grid-template-columns:1fr auto;gap:0 8px;align-items:center;background:var(--head);color:#fff;padding:6px 8px 8px 16px;flex:none}
.head :focus-visible{outline-color:#fff}
.head h2{font-size:1.0625em;font-weight:700;white-space:nowrap}
.head p{grid-column:1/-1;font-size:.8125em;line-height:1.35;padding-inline-end:8px}
.tools{display:flex;gap:4px}
.panel button{min-height:44px;min-width:44px;padding:8px 14px;border-radius:8px;border:1px solid var(--line);background:var(--paper);color:var(--ink);cursor:pointer;text-align:center;overflow-wrap:break-word}
@media(hover:hover){.panel button:hover{text-decoration:underline}.menu li:hover{background:var(--wash)}}
.panel .head .icon{background:transparent;border-color:#fff8;color:inherit;padding:8px 10px}
.panel .send{background:var(--main);border-color:var(--main);color:var(--on-main);font-weight:600;flex:none}
.menu{list-style:none;border-bottom:1px solid var(--line);flex:0 1 auto;min-height:96px;overflow:auto;background:var(--paper)}
.panel .menu button,.menu label{display:flex;gap:10px;align-items:center;width:100%;min-height:44px;border:0;border-radius:0;padding:8px 16px;cursor:pointer;text-align:start}
.menu :focus-visible{outline-offset:-3px}
.menu input{width:20px;height:20px;flex:none;accent-color:var(--main)}
.banner{padding:8px 16px;background:var(--wash);border-bottom:1px solid var(--line);font-size:.9375em;flex:none}
.banner:empty{padding:0;border:0}
.network{background:var(--alert-wash);color:var(--alert)}
.network.good{background:var(--wash);color:var(--ink)}
.scroll{flex:1 1 0;min-height:0;overflow-y:auto;padding:12px 16px;overscroll-behavior:contain;position:relative}
.scroll:focus-visible{outline-offset:-4px}
.privacy{font-size:.8125em;line-height:1.4;color:var(--soft);margin-bottom:14px}
.foreign{font-weight:600;margin-bottom:8px}
.messages{list-style:none;display:flex;flex-direction:column;gap:14px}
.message{max-width:100%;align-self:stretch}
.who,.state{font-size:.8125em;color:var(--soft);margin-bottom:2px}
.who time{margin-inline-start:8px}
.message.citizen .who,.message.citizen .state{text-align:end}
.message .state{margin:2px 0 0}
/* One after the other by the same: said once for the eye, each time for the ear. */
.bot+.bot>.who,.citizen+.citizen>.who,.system+.system:not(.urgent)>.who{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.bot+.bot,.citizen+.citizen,.system+.system:not(.urgent){margin-top:-8px}
.bubble{background:var(--wash);border-radius:4px 14px 14px 14px;padding:10px 14px;width:fit-content;max-width:92%}
.citizen .bubble{background:var(--mine);border-radius:14px 4px 14px 14px;margin-inline-start:auto}
.advisor .bubble{border-inline-start:4px solid var(--main)}
.urgent .bubble{background:var(--alert-wash);border:2px solid var(--alert)}
.bubble p+p{margin-top:6px}
.pending .bubble{border:1px dashed var(--line)}
.refused{color:var(--alert)}
.panel a{color:var(--main);text-decoration:underline}
.urgent .bubble a{color:var(--alert);font-weight:700;padding:6px 2px}
.cards{position:relative;list-style:none;display:flex;flex-direction:column;gap:10px;margin-top:8px}
.cards.many{flex-direction:row;overflow-x:auto;margin-inline:-16px;padding:4px 16px 8px;scroll-padding-inline:16px;scroll-snap-type:x proximity}
.cards.many>li{flex:0 0 min(82%,19em);scroll-snap-align:start}
.card{height:100%;border:1px solid var(--line);border-inline-start:4px solid var(--main);border-radius:8px;padding:10px 12px;background:var(--paper);display:flex;flex-direction:column}
.card h3{font-weight:700}
.card .kind,.card .source,.card .subtitle{font-size:.8125em;color:var(--soft)}
.card .kind{text-transform:uppercase;letter-spacing:.04em}
.card .subtitle{margin-bottom:4px}
.card .links{display:flex;flex-direction:column;align-items:start}
.card .links a{display:inline-flex;align-items:center;min-height:44px;font-weight:600}
.card .source{margin-top:auto}
.choices,.publics{list-style:none;display:flex;flex-wrap:wrap;gap:8px;margin-top:10px}
.panel .choices button,.panel .publics button{border:2px solid var(--main);border-radius:22px;color:var(--main);font-weight:600}
.panel .publics button{border-width:1px}
.panel .publics [aria-pressed=true]{background:var(--main);color:var(--on-main)}
.starters{margin-top:16px}
.starters .choices{scroll-margin-bottom:12px}
.panel .below{position:absolute;inset-inline:0;bottom:130px;margin:0 auto;width:fit-content;box-shadow:0 2px 8px #0004}
.panel{position:relative}
.typing{padding-top:12px;color:var(--soft);font-size:.9375em}
.typing::before{content:"●";margin-inline-end:6px;animation:beat 1.2s infinite}
@keyframes beat{50%{opacity:.2}}
.composer{border-top:1px solid var(--line);padding:6px 12px max(12px,env(safe-area-inset-bottom));flex:none}
.composer label,.sheet>label{font-size:.875em;font-weight:600}
.row{display:flex;gap:8px;align-items:end;flex-wrap:wrap}
.composer .row{flex-wrap:nowrap}
.composer .top{align-items:center;justify-content:space-between;flex-wrap:wrap;gap:0 8px;min-height:44px}
.panel .person{border:0;color:var(--main);font-weight:600;text-decoration:underline;padding:8px 0;font-size:.875em}
.panel textarea{flex:1 1 auto;width:100%;min-height:44px;max-height:30vh;padding:9px 12px;border:1px solid var(--line);border-radius:8px;background:var(--paper);resize:none;overflow-y:auto}
.problem{color:var(--alert);font-size:.875em}
.slot{flex:0 1 auto;overflow:auto}
.slot:not(:empty)~.composer{display:none}
.sheet{border-top:1px solid var(--line);padding:12px 16px}
.sheet fieldset{border:0}
.sheet legend{font-weight:600}
.scores,.ends{display:flex;justify-content:space-between;gap:4px}
.score{position:relative;flex:0 1 64px}
.score input{position:absolute;inset:0;width:100%;height:100%;opacity:0;cursor:pointer}
.score>span{display:grid;place-items:center;min-height:48px;border:2px solid var(--main);border-radius:8px;color:var(--main);font-size:1.125em;font-weight:700}
.score input:checked+span{background:var(--main);color:var(--on-main)}
.score input:focus-visible+span{outline:3px solid var(--main);outline-offset:2px}
.scores{margin-top:8px}
.ends{margin:4px 0 10px;font-size:.8125em;color:var(--soft)}
.sheet .row{margin-top:10px}
.easy{font-size:20px}
.easy .head{font-size:16px}
.easy .cards.many{flex-direction:column}
.easy .who time,.easy .card .kind{display:none}
.easy .privacy,.easy .who,.easy .card .source,.easy .card .subtitle{font-size:.9em}
:host([data-mode=page]) .panel{width:100%;max-width:760px;margin:0 auto;height:auto;flex:1;border-radius:0;border-width:0 1px;box-shadow:none}
@media(max-width:480px),(max-height:480px){
:host(:not([data-mode=page])) .panel{position:fixed;inset:var(--top,0) 0 auto;width:100vw;width:100dvw;height:100vh;height:var(--tall,100dvh);border:0;border-radius:0}}
@media(max-width:360px){.head h2{font-size:.9375em}}
/* At 400 % zoom, or with a keyboard over a small screen, nothing stays fixed: all of it scrolls together. */
@media(max-height:420px){.panel{overflow-y:auto}.scroll,.menu,.slot{flex:none;overflow:visible}.panel .below{display:none}}
@media(prefers-color-scheme:dark){.panel{--ink:#f1f3f5;--soft:#b9c2cc;--paper:#16191d;--wash:#262c34;--line:#8b96a3;--main:#9cc7f5;--on-main:#0b1a2b;--head:#0f2a47;--mine:#1d3654;--alert:#ffb3ba;--alert-wash:#45161b;color-scheme:dark}
:host([data-colour=vert]) .panel{--main:#97dcb0;--head:#12351f;--mine:#17402a}
:host([data-colour=violet]) .panel{--main:#d3b8f5;--head:#2f1b46;--mine:#3b2459}
:host([data-colour=noir]) .panel{--main:#e4e4e8;--head:#000;--mine:#3a3a40}}
@media(prefers-reduced-motion:reduce){.panel *,.panel ::before{animation:none!important;scroll-behavior:auto!important}}
@media(forced-colors:active){.bubble,.card{border:1px solid}.advisor .bubble,.card{border-inline-start-width:4px}.publics [aria-pressed=true],.score input:checked+span{forced-color-adjust:none;background:Highlight;color:HighlightText}}
`;
