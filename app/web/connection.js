// What Gradio would say in English, or not at all: the server cannot be reached, or the login has
// ended. One line at the top says so in words until it is over.
{
    const texts = window.huibaoTexts;
    let state = '', asking = 0;
    const ours = url => {
        const at = new URL(url, location.href);
        return at.origin === location.origin && at.protocol.startsWith('http');
    };
    const show = next => {
        if (next === state) return;
        state = next;
        clearInterval(asking);
        document.getElementById('hb-lost')?.remove();
        document.documentElement.classList.toggle('hb-cut-off', state !== '');
        if (state === '') return;
        const line = document.createElement('div');
        line.id = 'hb-lost';
        line.role = 'alert';
        line.append(state === 'login' ? texts.login : texts.lost);
        if (state === 'login') {
            // In a window of its own: what was typed here stays.
            const link = document.createElement('a');
            Object.assign(link, {href: '/login', target: '_blank', textContent: texts.again});
            line.append(link);
        }
        document.body.append(line);
        asking = setInterval(look, 2000);
    };
    const plain = window.fetch.bind(window);
    const look = async () => {
        try {
            const path = state === 'login' ? '/gradio_api/app_id' : '/health';
            const answer = await plain(path, {headers: {accept: 'application/json'}});
            if (answer.status === 401) show('login');
            else if (answer.status < 500) {
                if (state === 'login') window.huibao.kept.again();
                show('');
            }
        } catch {
            show('lost');
        }
    };
    // An answer that was on its way before says nothing of now: only `look` takes the line away.
    const seen = (url, status) => {
        if (ours(url) && status === 401) show('login');
    };
    window.fetch = async (...given) => {
        const url = given[0]?.url ?? String(given[0]);
        try {
            const answer = await plain(...given);
            seen(url, answer.status);
            return answer;
        } catch (error) {
            if (error?.name !== 'AbortError' && ours(url)) look();
            throw error;
        }
    };
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function (...given) {
        this.addEventListener('load', () => seen(this.responseURL || location.href, this.status));
        this.addEventListener('error', look);
        return send.apply(this, given);
    };
}
