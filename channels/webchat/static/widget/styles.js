/* Design tokens and styles. Constructed style sheets work under any host's Content-Security-Policy. */
export const css = `
.panel,.panel *{box-sizing:border-box;font:inherit;color:inherit;margin:0;padding:0;letter-spacing:normal;text-align:start}
.panel{--ink:#1b1f24;--soft:#505a66;--paper:#fff;--wash:#f3f5f8;--line:#7b8794;--main:#17457a;--on-main:#fff;--mine:#dfeaf6;--alert:#8a1420;--alert-wash:#fdecee;
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--paper);display:flex;flex-direction:column;
width:min(400px,calc(100vw - 32px));height:min(680px,calc(100vh - 32px));height:min(680px,calc(100dvh - 32px));border:1px solid var(--line);border-radius:12px;overflow:hidden;box-shadow:0 8px 32px #0006;overflow-wrap:anywhere}
:host([data-colour=vert]) .panel{--main:#1a5632;--mine:#dff0e5}
:host([data-colour=violet]) .panel{--main:#54307d;--mine:#ece2f7}
:host([data-colour=noir]) .panel{--main:#1d1d1f;--mine:#e7e7ea}
.panel[hidden],.panel [hidden]{display:none!important}
.sr{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.panel :focus-visible{outline:3px solid var(--main);outline-offset:2px}
.panel header{display:flex;gap:8px;justify-content:space-between;align-items:start;background:var(--main);color:var(--on-main);padding:12px 12px 12px 16px}
.panel header :focus-visible{outline-color:#fff}
.panel h2{font-size:1.125em;font-weight:700;outline-offset:2px}
.panel header p{font-size:.8125em;line-height:1.35}
.tools{display:flex;gap:4px;flex:none}
.panel button{min-height:44px;min-width:44px;padding:8px 14px;border-radius:8px;border:1px solid var(--line);background:var(--paper);color:var(--ink);cursor:pointer}
.panel button:hover{text-decoration:underline}
.panel header .icon{background:transparent;border-color:#fff9;color:inherit}
.panel .send{background:var(--main);border-color:var(--main);color:var(--on-main);font-weight:600}
.menu{list-style:none;border-bottom:1px solid var(--line);max-height:50%;overflow:auto;background:var(--paper)}
.menu button,.menu label{display:flex;gap:10px;align-items:center;width:100%;min-height:44px;border:0;border-radius:0;padding:8px 16px;cursor:pointer}
.menu input,.score input{width:20px;height:20px;flex:none;accent-color:var(--main)}
.banner{padding:8px 16px;background:var(--wash);border-bottom:1px solid var(--line);font-size:.9375em}
.network{background:var(--alert-wash);color:var(--alert)}
.messages{list-style:none;flex:1 1 auto;min-height:80px;overflow-y:auto;padding:16px;display:flex;flex-direction:column;gap:14px;overscroll-behavior:contain}
.messages:focus-visible{outline-offset:-4px}
.message{max-width:94%;align-self:flex-start;min-width:0}
.message.citizen{align-self:flex-end}
.who,.time,.state{font-size:.8125em;color:var(--soft)}
.message.citizen .who,.message.citizen .time,.message.citizen .state{text-align:end}
.bubble{background:var(--wash);border-radius:4px 12px 12px 12px;padding:10px 14px}
.citizen .bubble{background:var(--mine);border-radius:12px 4px 12px 12px}
.advisor .bubble{border-inline-start:4px solid var(--main)}
.system .bubble{background:var(--alert-wash);border:2px solid var(--alert)}
.bubble p+p{margin-top:6px}
.pending .bubble{border:1px dashed var(--line)}
.refused{color:var(--alert)}
.panel a{color:var(--main);text-decoration:underline}
.cards{list-style:none;display:flex;flex-direction:column;gap:8px;margin-top:8px}
.cards.many{flex-direction:row;overflow-x:auto;padding-bottom:6px;scroll-snap-type:x proximity}
.cards.many>li{flex:0 0 78%;scroll-snap-align:start}
.card{height:100%;border:1px solid var(--line);border-inline-start:4px solid var(--main);border-radius:8px;padding:10px 12px;background:var(--paper)}
.card h3{font-size:1em;font-weight:700}
.card .kind,.card .source{font-size:.8125em;color:var(--soft)}
.card .links{margin-top:6px}
.card .links a{display:inline-block;padding:10px 0;min-height:44px}
.choices{list-style:none;display:flex;flex-wrap:wrap;gap:8px;margin-top:10px}
.panel .choices button{border:2px solid var(--main);border-radius:22px;color:var(--main);font-weight:600}
.below{align-self:center;margin:-52px 0 8px;position:relative;box-shadow:0 2px 8px #0004}
.typing{padding:0 16px 8px;color:var(--soft);font-size:.9375em}
.typing::before{content:"● ";animation:beat 1.2s infinite}
@keyframes beat{50%{opacity:.2}}
.composer{border-top:1px solid var(--line);padding:8px 12px 10px}
.composer label,.sheet>label{font-size:.875em;font-weight:600}
.row{display:flex;gap:8px;align-items:flex-end;flex-wrap:wrap}
.composer .row{flex-wrap:nowrap}
.panel textarea{flex:1 1 auto;min-width:0;width:100%;min-height:44px;padding:9px 12px;border:1px solid var(--line);border-radius:8px;background:var(--paper);resize:none}
.problem{color:var(--alert);font-size:.875em}
.sheet{border-top:1px solid var(--line);padding:12px 16px;max-height:60vh;overflow:auto}
.sheet fieldset{border:0}
.sheet legend{font-weight:600}
.score{display:flex;gap:10px;align-items:center;min-height:44px;cursor:pointer}
.sheet .row{margin-top:10px}
.panel footer{border-top:1px solid var(--line);padding:8px 12px;font-size:.8125em;color:var(--soft);display:flex;gap:12px;align-items:center}
.panel .person{flex:none;border-color:var(--main);color:var(--main);font-weight:600}
.easy{font-size:20px}
.easy .cards.many{flex-direction:column}
.easy .time{display:none}
:host([data-mode=page]) .panel{width:100%;max-width:760px;margin:0 auto;height:100vh;height:100dvh;border-radius:0;box-shadow:none}
@media(max-width:480px),(max-height:480px){
:host(:not([data-mode=page])) .panel{position:fixed;inset:0;width:100vw;height:100vh;height:100dvh;border:0;border-radius:0}
.panel footer{flex-direction:column;align-items:stretch;gap:6px}}
@media(max-height:420px){.panel{overflow-y:auto}.messages{flex:none;max-height:none;overflow:visible}}
@media(prefers-color-scheme:dark){.panel{--ink:#f1f3f5;--soft:#b9c2cc;--paper:#16191d;--wash:#242a31;--line:#8b96a3;--main:#9cc7f5;--on-main:#0b1a2b;--mine:#1d3654;--alert:#ffb3ba;--alert-wash:#45161b}
:host([data-colour=vert]) .panel{--main:#97dcb0;--mine:#17402a}
:host([data-colour=violet]) .panel{--main:#d3b8f5;--mine:#3b2459}
:host([data-colour=noir]) .panel{--main:#e4e4e8;--mine:#3a3a40}
.panel header{background:#0f2a47;color:#fff}}
@media(prefers-reduced-motion:reduce){.panel *{animation:none!important;scroll-behavior:auto!important}}
@media(forced-colors:active){.bubble,.card{border:1px solid}.advisor .bubble{border-inline-start-width:4px}}
`;
